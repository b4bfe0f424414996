//! One test for each paragraph of the definition of an event, and for what stories add to it.

use std::sync::Arc;

use fabula_core::expr::{Cmp, Effect, Expr, Mode};
use fabula_core::timeline::{Initial, Status, Timeline};
use fabula_core::universe::Universe;
use fabula_core::{ActionParts, Error, Problem, Value};

const THING: u32 = 0;
const PLACE: u32 = 1;
const HALL: u32 = 0;
const YARD: u32 = 1;
const ANN: u32 = 2;
const BOB: u32 = 3;
const GUN: u32 = 4;
const AT: u32 = 0;
const LOADED: u32 = 1;

fn var(v: u32) -> Expr {
    Expr::Var(v)
}

fn entity(e: u32) -> Expr {
    Expr::Const(Value::Entity(e))
}

fn truth(b: bool) -> Expr {
    Expr::Const(Value::Bool(b))
}

fn fluent(f: u32, arg: Expr) -> Expr {
    Expr::Fluent(f, vec![arg])
}

fn eq(a: Expr, b: Expr) -> Expr {
    Expr::Compare(Cmp::Eq, Box::new(a), Box::new(b))
}

/// Ann and Bob, a hall and a yard, and a gun that may be loaded.
fn problem(open: bool) -> Problem {
    let mut p = Problem::new(open);
    p.kind("thing").unwrap();
    p.kind("place").unwrap();
    p.entity("hall", &[PLACE], false).unwrap();
    p.entity("yard", &[PLACE], false).unwrap();
    p.entity("Ann", &[THING], true).unwrap();
    p.entity("Bob", &[THING], true).unwrap();
    p.entity("gun", &[THING], false).unwrap();
    p.fluent("at", &[THING], Value::Unknown, None).unwrap();
    let no = if open {
        Value::Unknown
    } else {
        Value::Bool(false)
    };
    p.fluent("loaded", &[THING], no, None).unwrap();
    p
}

/// Moving a thing to a place; who is where it was or comes to sees it.
fn move_to(precondition: Option<Expr>) -> ActionParts {
    let here = fluent(AT, var(2));
    ActionParts {
        params: vec![THING, PLACE],
        precondition,
        effects: vec![Effect::Set(AT, vec![var(0)], var(1))],
        observes: Some(Expr::Or(vec![
            eq(here.clone(), fluent(AT, var(0))),
            eq(here, var(1)),
        ])),
        ..ActionParts::default()
    }
}

fn at(list: &[(u32, u32)]) -> Vec<Initial> {
    list.iter()
        .map(|&(x, y)| (AT, vec![x], Value::Entity(y), None))
        .collect()
}

#[test]
fn effects_are_evaluated_in_the_state_before() {
    let mut p = problem(false);
    let effects = vec![
        Effect::Set(AT, vec![entity(ANN)], fluent(AT, entity(BOB))),
        Effect::Set(AT, vec![entity(BOB)], fluent(AT, entity(ANN))),
    ];
    p.action(
        "swap",
        ActionParts {
            effects,
            ..ActionParts::default()
        },
    )
    .unwrap();
    let mut tl = Timeline::new(
        Arc::new(p.seal().unwrap()),
        &at(&[(ANN, HALL), (BOB, YARD)]),
        &[],
    )
    .unwrap();
    tl.happen(&[(0, vec![])]).unwrap();
    assert_eq!(tl.ask(1, &[], AT, &[ANN]).unwrap(), Value::Entity(YARD));
    assert_eq!(tl.ask(1, &[], AT, &[BOB]).unwrap(), Value::Entity(HALL));
}

#[test]
fn who_does_not_observe_believes_what_he_believed() {
    let mut p = problem(true);
    p.action("move", move_to(None)).unwrap();
    let mut tl = Timeline::new(
        Arc::new(p.seal().unwrap()),
        &at(&[(ANN, HALL), (BOB, YARD), (GUN, HALL)]),
        &[],
    )
    .unwrap();
    tl.happen(&[(0, vec![BOB, HALL])]).unwrap();
    tl.happen(&[(0, vec![BOB, YARD])]).unwrap();
    tl.set(&[(vec![], AT, vec![GUN], Value::Entity(ANN))])
        .unwrap();
    assert_eq!(tl.ask(3, &[], AT, &[GUN]).unwrap(), Value::Entity(ANN));
    assert_eq!(tl.ask(3, &[BOB], AT, &[GUN]).unwrap(), Value::Entity(HALL));
    assert_eq!(
        tl.ask(3, &[ANN, BOB, ANN], AT, &[BOB]).unwrap(),
        Value::Entity(YARD)
    );
}

#[test]
fn a_surprised_observer_learns_what_he_missed() {
    let mut p = problem(false);
    let parts = ActionParts {
        precondition: Some(fluent(LOADED, entity(GUN))),
        effects: vec![Effect::Set(LOADED, vec![entity(GUN)], truth(false))],
        ..ActionParts::default()
    };
    p.action("shoot", parts).unwrap();
    let stays = ActionParts {
        precondition: Some(Expr::And(vec![
            fluent(LOADED, entity(GUN)),
            eq(fluent(AT, entity(GUN)), entity(HALL)),
        ])),
        ..ActionParts::default()
    };
    p.action("show", stays).unwrap();
    let sealed = Arc::new(p.seal().unwrap());
    let mut initial = at(&[(GUN, HALL)]);
    initial.push((LOADED, vec![GUN], Value::Bool(true), Some(vec![ANN])));
    let beliefs = vec![(vec![BOB], AT, vec![GUN], Value::Entity(YARD))];
    let mut u = Universe::new(sealed, &initial, &beliefs).unwrap();
    let after = u.after(u.initial(), 1, &[], None).unwrap();
    let bob = u.belief(after, BOB).unwrap();
    assert_eq!(u.ask(bob, LOADED, &[GUN]).unwrap(), Value::Bool(true));
    assert_eq!(u.ask(bob, AT, &[GUN]).unwrap(), Value::Entity(HALL));
    // In Ann's mind Bob was surprised too.
    let ann = u.belief(after, ANN).unwrap();
    let bob = u.belief(ann, BOB).unwrap();
    assert_eq!(u.ask(bob, LOADED, &[GUN]).unwrap(), Value::Bool(true));
}

#[test]
fn explicit_beliefs_come_on_top_and_do_nothing_in_ones_own_mind() {
    let mut p = problem(false);
    let effects = vec![Effect::Believe {
        chain: vec![entity(BOB)],
        fluent: LOADED,
        args: vec![entity(GUN)],
        value: truth(true),
        mode: Mode::Set,
        inside: false,
    }];
    let parts = ActionParts {
        effects,
        observes: Some(eq(var(0), entity(ANN))),
        ..ActionParts::default()
    };
    p.action("lie", parts).unwrap();
    let mut u = Universe::new(Arc::new(p.seal().unwrap()), &[], &[]).unwrap();
    let s = u.initial();
    // Everybody knows everything: there is one state, and everybody believes it.
    assert_eq!((u.size(), u.belief(s, BOB).unwrap()), (1, s));
    let after = u.after(s, 0, &[], None).unwrap();
    assert_eq!(u.ask(after, LOADED, &[GUN]).unwrap(), Value::Bool(false));
    let bob = u.belief(after, BOB).unwrap();
    assert_eq!(u.ask(bob, LOADED, &[GUN]).unwrap(), Value::Bool(true));
    let inside = u.after(bob, 0, &[], Some(BOB)).unwrap();
    assert_eq!(u.belief(inside, BOB).unwrap(), inside);
}

#[test]
fn cycles_longer_than_one_come_out_right() {
    let p = &mut problem(false);
    let beliefs = vec![
        (vec![ANN], LOADED, vec![GUN], Value::Bool(true)),
        (vec![ANN, BOB], LOADED, vec![GUN], Value::Bool(false)),
        (vec![ANN, BOB, ANN], LOADED, vec![GUN], Value::Bool(true)),
    ];
    let mut u = Universe::new(Arc::new(p.seal().unwrap()), &[], &beliefs).unwrap();
    let ann = u.belief(u.initial(), ANN).unwrap();
    let bob = u.belief(ann, BOB).unwrap();
    assert_ne!(ann, bob);
    assert_eq!(u.ask(ann, LOADED, &[GUN]).unwrap(), Value::Bool(true));
    assert_eq!(u.ask(bob, LOADED, &[GUN]).unwrap(), Value::Bool(false));
}

#[test]
fn restless_triggers_are_named() {
    let mut p = problem(false);
    let set = |b| vec![Effect::Set(LOADED, vec![entity(GUN)], truth(b))];
    p.trigger(
        "load",
        &[],
        Some(Expr::Not(Box::new(fluent(LOADED, entity(GUN))))),
        set(true),
    )
    .unwrap();
    p.trigger("unload", &[], Some(fluent(LOADED, entity(GUN))), set(false))
        .unwrap();
    let sealed = Arc::new(p.seal().unwrap());
    let named = |e: Error| matches!(e, Error::Restless { triggers } if !triggers.is_empty());
    assert!(named(
        Timeline::new(sealed.clone(), &[], &[]).err().unwrap()
    ));
    assert!(named(Universe::new(sealed, &[], &[]).err().unwrap()));
}

#[test]
fn the_unknown_is_assumed_and_the_impossible_happens_all_the_same() {
    let mut p = problem(true);
    p.action("move", move_to(Some(eq(fluent(AT, var(0)), entity(HALL)))))
        .unwrap();
    let mut tl = Timeline::new(Arc::new(p.seal().unwrap()), &[], &[]).unwrap();
    let foreseen = tl.foresee(&[(0, vec![ANN, YARD])]).unwrap();
    assert_eq!((foreseen.status, tl.now()), (Status::Assumes, 0));
    assert_eq!(tl.ask(0, &[], AT, &[ANN]).unwrap(), Value::Unknown);
    let report = tl.happen(&[(0, vec![ANN, YARD])]).unwrap();
    assert_eq!(report.assumed.len(), 1);
    let report = tl.happen(&[(0, vec![ANN, YARD])]).unwrap();
    assert_eq!(
        (report.status, report.failed.len()),
        (Status::Impossible, 1)
    );
    assert_eq!(report.failed[0].actual, Value::Entity(YARD));
    assert_eq!(tl.ask(2, &[], AT, &[ANN]).unwrap(), Value::Entity(YARD));
    tl.truncate(0);
    assert_eq!(tl.ask(0, &[], AT, &[ANN]).unwrap(), Value::Unknown);
}

#[test]
fn a_disguise_shows_somebody_else() {
    let mut p = problem(true);
    let looks = p.fluent("looks", &[THING], Value::Unknown, None).unwrap();
    p.appearance(looks).unwrap();
    let parts = ActionParts {
        params: vec![THING],
        effects: vec![Effect::Set(LOADED, vec![var(0)], truth(true))],
        ..ActionParts::default()
    };
    p.action("wave", parts).unwrap();
    let initial = vec![(looks, vec![ANN], Value::Entity(GUN), Some(vec![ANN]))];
    let sealed = Arc::new(p.seal().unwrap());
    let mut tl = Timeline::new(sealed.clone(), &initial, &[]).unwrap();
    tl.happen(&[(0, vec![ANN])]).unwrap();
    assert_eq!(tl.ask(1, &[], LOADED, &[ANN]).unwrap(), Value::Bool(true));
    assert_eq!(tl.ask(1, &[BOB], LOADED, &[ANN]).unwrap(), Value::Unknown);
    assert_eq!(
        tl.ask(1, &[BOB], LOADED, &[GUN]).unwrap(),
        Value::Bool(true)
    );
    let mut u = Universe::new(sealed, &initial, &[]).unwrap();
    let after = u.after(u.initial(), 0, &[ANN], None).unwrap();
    let bob = u.belief(after, BOB).unwrap();
    assert_eq!(u.ask(bob, LOADED, &[GUN]).unwrap(), Value::Bool(true));
}

#[test]
fn perception_corrects_what_was_told() {
    let mut p = problem(true);
    let precondition = eq(fluent(AT, var(0)), fluent(AT, var(1)));
    let see = Effect::Believe {
        chain: vec![var(0)],
        fluent: AT,
        args: vec![var(1)],
        value: fluent(AT, var(1)),
        mode: Mode::Set,
        inside: false,
    };
    p.trigger("see", &[THING, THING], Some(precondition), vec![see])
        .unwrap();
    let mut tl = Timeline::new(
        Arc::new(p.seal().unwrap()),
        &at(&[(ANN, HALL), (BOB, HALL)]),
        &[],
    )
    .unwrap();
    tl.set(&[(vec![ANN], AT, vec![BOB], Value::Entity(YARD))])
        .unwrap();
    assert_eq!(tl.ask(1, &[ANN], AT, &[BOB]).unwrap(), Value::Entity(HALL));
    assert_eq!(
        tl.ask(1, &[BOB, ANN], AT, &[BOB]).unwrap(),
        Value::Entity(HALL)
    );
}

#[test]
fn what_is_seen_outlasts_what_follows_from_a_wrong_belief() {
    // Whoever takes the gun to be loaded concludes that Bob is in the yard; Ann, who takes it so, sees him in the hall.
    let mut p = problem(true);
    let together = eq(fluent(AT, var(0)), fluent(AT, var(1)));
    let see = Effect::Believe {
        chain: vec![var(0)],
        fluent: AT,
        args: vec![var(1)],
        value: fluent(AT, var(1)),
        mode: Mode::Set,
        inside: false,
    };
    p.trigger("see", &[THING, THING], Some(together), vec![see])
        .unwrap();
    let conclusion = Effect::Set(AT, vec![entity(BOB)], entity(YARD));
    let loaded = Some(fluent(LOADED, entity(GUN)));
    p.trigger("conclude", &[], loaded, vec![conclusion])
        .unwrap();
    p.action("move", move_to(None)).unwrap();
    let mut initial = at(&[(ANN, HALL), (BOB, HALL), (GUN, YARD)]);
    initial.push((LOADED, vec![GUN], Value::Bool(false), None));
    let beliefs = [(vec![ANN], LOADED, vec![GUN], Value::Bool(true))];
    let mut tl = Timeline::new(Arc::new(p.seal().unwrap()), &initial, &beliefs).unwrap();
    tl.happen(&[(0, vec![BOB, HALL])]).unwrap();
    for time in [0, 1] {
        let seen = tl.ask(time, &[ANN], AT, &[BOB]).unwrap();
        assert_eq!(seen, Value::Entity(HALL));
        let still = tl.ask(time, &[ANN], LOADED, &[GUN]).unwrap();
        assert_eq!(still, Value::Bool(true));
    }
}

#[test]
fn long_work_can_be_cancelled() {
    let mut p = problem(true);
    p.action("move", move_to(None)).unwrap();
    let initial = at(&[(ANN, HALL), (BOB, HALL), (GUN, HALL)]);
    let sealed = Arc::new(p.seal().unwrap());
    let places = [HALL, YARD];
    let mut tl = Timeline::new(sealed.clone(), &initial, &[]).unwrap();
    tl.set_pulse(Some(Box::new(|| true)));
    let moved = (0..5000).try_for_each(|i| tl.happen(&[(0, vec![GUN, places[i % 2]])]).map(|_| ()));
    assert_eq!(moved, Err(Error::Cancelled));
    // Bit by bit as a counter counts, every state is a new one.
    let mut p = problem(true);
    let bits: Vec<u32> = (0..12)
        .map(|i| p.entity(&format!("bit{i}"), &[THING], false).unwrap())
        .collect();
    p.action("move", move_to(None)).unwrap();
    let initial = at(&[(ANN, HALL), (BOB, HALL)]);
    let mut u = Universe::new(Arc::new(p.seal().unwrap()), &initial, &[]).unwrap();
    u.set_pulse(Some(Box::new(|| true)));
    let mut state = u.initial();
    let counted = (1..4000_usize).try_for_each(|i| {
        let bit = i.trailing_zeros() as usize;
        state = u.after(state, 0, &[bits[bit], places[(i >> (bit + 1)) % 2]], None)?;
        Ok(())
    });
    assert_eq!(counted, Err(Error::Cancelled));
}

#[test]
fn an_event_in_the_mind_of_a_thing_is_a_question_about_nothing() {
    let mut p = problem(true);
    p.action("move", move_to(None)).unwrap();
    let mut u = Universe::new(Arc::new(p.seal().unwrap()), &at(&[(ANN, HALL)]), &[]).unwrap();
    let s = u.initial();
    assert!(matches!(
        u.after(s, 0, &[ANN, YARD], Some(GUN)),
        Err(Error::Question(_))
    ));
}
