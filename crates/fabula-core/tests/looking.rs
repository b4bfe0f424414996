//! What triggers that look into minds cost where they cannot fire.

use std::sync::Arc;

use fabula_core::expr::{Cmp, Effect, Expr, Mode};
use fabula_core::timeline::Timeline;
use fabula_core::{ActionParts, Problem, Value};

const ANN: u32 = 2;
const BOB: u32 = 3;
const STEPS: u32 = 200;

/// Ann walks to and fro between two places, and Bob sees nothing of it; both know what is covered.
fn story(looking: bool, covered: bool) -> Timeline {
    let (thing, place) = (0, 1);
    let mut p = Problem::new(false);
    p.kind("thing").unwrap();
    p.kind("place").unwrap();
    p.entity("hall", &[place], false).unwrap();
    p.entity("yard", &[place], false).unwrap();
    p.entity("Ann", &[thing], true).unwrap();
    p.entity("Bob", &[thing], true).unwrap();
    let at = p.fluent("at", &[thing], Value::Unknown, None).unwrap();
    let no = Value::Bool(false);
    let covers = p.fluent("covers", &[thing], no, None).unwrap();
    let found = p.fluent("found", &[thing], no, None).unwrap();
    let var = Expr::Var;
    let of = |f, e| Expr::Fluent(f, vec![e]);
    let walk = ActionParts {
        params: vec![thing, place],
        effects: vec![Effect::Set(at, vec![var(0)], var(1))],
        observes: Some(Expr::Compare(Cmp::Eq, Box::new(var(2)), Box::new(var(0)))),
        ..ActionParts::default()
    };
    p.action("walk", walk).unwrap();
    if looking {
        let unknown = Expr::Believes(Box::new(var(0)), Box::new(of(covers, var(1))));
        let precondition = Expr::And(vec![of(covers, var(1)), Expr::Not(Box::new(unknown))]);
        let effect = Effect::Believe {
            chain: vec![var(0)],
            fluent: found,
            args: vec![var(1)],
            value: Expr::Const(Value::Bool(true)),
            mode: Mode::Set,
            inside: false,
        };
        p.trigger("look", &[thing, thing], Some(precondition), vec![effect])
            .unwrap();
    }
    let initial = [(covers, vec![ANN], Value::Bool(true), None)];
    let initial = if covered { &initial[..] } else { &[] };
    let mut tl = Timeline::new(Arc::new(p.seal().unwrap()), initial, &[]).unwrap();
    for step in 0..STEPS {
        tl.happen(&[(0, vec![ANN, step % 2])]).unwrap();
    }
    for chain in [&[BOB][..], &[BOB, ANN]] {
        let value = tl.ask(STEPS, chain, at, &[ANN]).unwrap();
        assert_eq!(value, Value::Unknown);
    }
    assert_eq!(tl.ask(STEPS, &[ANN], at, &[ANN]).unwrap(), Value::Entity(1));
    tl
}

#[test]
fn a_trigger_that_cannot_fire_makes_no_mind_heavier() {
    assert_eq!(story(true, false).memory(), story(false, false).memory());
}

#[test]
fn a_mind_that_nothing_reaches_keeps_nothing_of_it_where_triggers_look_into_it() {
    // Ann's steps are in the log of the world; Bob's mind, which is looked into after every one, has none of them.
    assert!(story(true, true).memory() < story(false, true).memory() + 2000);
}
