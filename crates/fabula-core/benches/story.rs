//! A long story: 50 people move among 40 places and are asked what they believe. Refuses to run on a debug build.

use std::sync::Arc;
use std::time::Instant;

use fabula_core::expr::{Cmp, Effect, Expr, Mode};
use fabula_core::timeline::Timeline;
use fabula_core::{ActionParts, Problem, Value};

const PEOPLE: u32 = 50;
const PLACES: u32 = 40;
const THINGS: u32 = 100;

fn at(e: Expr) -> Expr {
    Expr::Fluent(0, vec![e])
}

fn eq(a: Expr, b: Expr) -> Expr {
    Expr::Compare(Cmp::Eq, Box::new(a), Box::new(b))
}

fn problem() -> Problem {
    let var = Expr::Var;
    let mut p = Problem::new(true);
    let thing = p.kind("thing").unwrap();
    let place = p.kind("place").unwrap();
    for i in 0..PEOPLE + THINGS {
        p.entity(&format!("thing{i}"), &[thing], i < PEOPLE)
            .unwrap();
    }
    for i in 0..PLACES {
        p.entity(&format!("place{i}"), &[place], false).unwrap();
    }
    p.fluent("at", &[thing], Value::Unknown, None).unwrap();
    let parts = ActionParts {
        params: vec![thing, place],
        effects: vec![Effect::Set(0, vec![var(0)], var(1))],
        observes: Some(Expr::Or(vec![
            eq(at(var(2)), at(var(0))),
            eq(at(var(2)), var(1)),
        ])),
        ..ActionParts::default()
    };
    p.action("go", parts).unwrap();
    let see = Effect::Believe {
        chain: vec![var(0)],
        fluent: 0,
        args: vec![var(1)],
        value: at(var(1)),
        mode: Mode::Set,
        inside: false,
    };
    p.trigger(
        "see",
        &[thing, thing],
        Some(eq(at(var(0)), at(var(1)))),
        vec![see],
    )
    .unwrap();
    p
}

fn main() {
    if cfg!(debug_assertions) {
        eprintln!("benches mean something only in a release build");
        return;
    }
    for events in [10_000u32, 100_000] {
        let first = PEOPLE + THINGS;
        let initial: Vec<_> = (0..first)
            .map(|x| (0, vec![x], Value::Entity(first + x % PLACES), None))
            .collect();
        let mut tl = Timeline::new(Arc::new(problem().seal().unwrap()), &initial, &[]).unwrap();
        let start = Instant::now();
        for i in 0..events {
            tl.happen(&[(0, vec![i * 7 % PEOPLE, first + (i * 11 + i / 13) % PLACES])])
                .unwrap();
        }
        let world = start.elapsed();
        for c in 0..PEOPLE {
            tl.ask(events, &[c], 0, &[PEOPLE]).unwrap();
        }
        let mega = tl.memory() / 1_000_000;
        println!(
            "{events} events: world {world:?}, all minds after {:?}, {mega} MB",
            start.elapsed()
        );
    }
}
