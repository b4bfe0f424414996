//! Fluents of more arguments than fit a key beside so many things.

use std::sync::Arc;

use fabula_core::expr::{Effect, Expr};
use fabula_core::timeline::Timeline;
use fabula_core::universe::Universe;
use fabula_core::{ActionParts, Problem, Value};

const THINGS: u32 = 3000;
const ARITY: usize = 6;

fn var(v: u32) -> Expr {
    Expr::Var(v)
}

/// Many things, a fluent and an action of six of them.
fn problem() -> Problem {
    let mut p = Problem::new(true);
    let thing = p.kind("thing").unwrap();
    for i in 0..THINGS {
        p.entity(&format!("t{i}"), &[thing], i < 2).unwrap();
    }
    let made = p
        .fluent("made", &[thing; ARITY], Value::Bool(false), None)
        .unwrap();
    let args: Vec<Expr> = (0..ARITY as u32).map(var).collect();
    let effect = Effect::Set(made, args, Expr::Const(Value::Bool(true)));
    let parts = ActionParts {
        params: vec![thing; ARITY],
        effects: vec![effect],
        ..ActionParts::default()
    };
    p.action("make", parts).unwrap();
    p
}

const MADE: [u32; ARITY] = [0, 2999, 1, 2047, 7, 2998];
const OTHER: [u32; ARITY] = [0, 2999, 1, 2047, 7, 2997];

#[test]
fn a_timeline_keeps_apart_what_does_not_fit_a_key() {
    let p = Arc::new(problem().seal().unwrap());
    let mut tl = Timeline::new(p.clone(), &[], &[]).unwrap();
    tl.happen(&[(0, MADE.to_vec())]).unwrap();
    for chain in [vec![], vec![1], vec![1, 0]] {
        let made = tl.ask(1, &chain, 0, &MADE).unwrap();
        assert_eq!(made, Value::Bool(true));
        let other = tl.ask(1, &chain, 0, &OTHER).unwrap();
        assert_eq!(other, Value::Bool(false));
        assert_eq!(tl.ask(0, &chain, 0, &MADE).unwrap(), Value::Bool(false));
    }
    let changes = tl.changes(1, &[]).unwrap();
    assert_eq!(p.split(changes[0].0), (0, MADE.to_vec()));
    assert_eq!(
        p.describe(changes[0].0),
        "made(t0, t2999, t1, t2047, t7, t2998)"
    );
}

#[test]
fn what_does_not_fit_a_key_is_found_by_its_things() {
    let p = Arc::new(problem().seal().unwrap());
    let mut tl = Timeline::new(p, &[], &[]).unwrap();
    tl.happen(&[(0, MADE.to_vec())]).unwrap();
    tl.happen(&[(0, OTHER.to_vec())]).unwrap();
    let mut args: Vec<Expr> = MADE
        .iter()
        .map(|&x| Expr::Const(Value::Entity(x)))
        .collect();
    args[ARITY - 1] = var(0);
    let found = tl.find(2, &[1], &[0], &Expr::Fluent(0, args)).unwrap();
    let found: Vec<u32> = found.iter().map(|env| env[0]).collect();
    assert_eq!(found, [2997, 2998]);
}

#[test]
fn a_universe_keeps_apart_what_does_not_fit_a_key() {
    let p = Arc::new(problem().seal().unwrap());
    let mut u = Universe::new(p, &[], &[]).unwrap();
    let initial = u.initial();
    let after = u.after(initial, 0, &MADE, None).unwrap();
    assert_eq!(u.ask(after, 0, &MADE).unwrap(), Value::Bool(true));
    assert_eq!(u.ask(after, 0, &OTHER).unwrap(), Value::Bool(false));
}
