//! The search's packed states and the general kernel's agree: on what is possible, and in every mind after events.

mod oracle;

use std::sync::Arc;

use fabula_core::search::ground::Ground;
use fabula_core::universe::Universe;
use oracle::random::{case, Dice, Triggers};
use oracle::World;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

struct Both {
    world: World,
    universe: Universe,
    ground: Ground,
    keys: Vec<oracle::Key>,
}

fn both(seed: u64, people: usize, triggers: bool, believing: bool) -> Option<Both> {
    let mut dice = Dice::new(seed);
    let triggers = match (triggers, believing) {
        (false, _) => Triggers::No,
        (true, false) => Triggers::Plain,
        (true, true) => Triggers::Looking,
    };
    let mut case = case(&mut dice, people, triggers);
    if case.problem.open_world {
        return None;
    }
    let (initial, beliefs) = case.beginning();
    let sealed = Arc::new(case.problem.seal().unwrap());
    let universe = Universe::new(sealed.clone(), &initial, &beliefs).ok()?;
    let again = Universe::new(sealed, &initial, &beliefs).ok()?;
    let mut ground = Ground::new(again).ok()?.unwrap();
    // In long searches events are worked out in another way than in short ones.
    if seed % 4 > 0 {
        ground.expect_many();
    }
    let keys = case.world.keys();
    Some(Both {
        world: case.world,
        universe,
        ground,
        keys,
    })
}

/// The same state in both: equal in every mind, compared as graphs.
fn same(b: &mut Both, state: u32, node: u32) -> Result<(), TestCaseError> {
    let mut seen = std::collections::HashSet::new();
    let mut open = vec![(state, node, Vec::new())];
    while let Some((s, n, chain)) = open.pop() {
        if !seen.insert((s, n)) {
            continue;
        }
        for key in &b.keys {
            let expected = b.universe.ask(s, key.0, &key.1).unwrap();
            prop_assert_eq!(
                b.ground.ask(n, key.0, &key.1),
                expected,
                "{:?} {:?}",
                chain,
                key
            );
        }
        for (i, &c) in b.world.characters.iter().enumerate() {
            let deeper = [chain.clone(), vec![c]].concat();
            open.push((
                b.universe.belief(s, c).unwrap(),
                b.ground.belief(n, i as u8),
                deeper,
            ));
        }
    }
    // One state here is one state there.
    let (states, nodes): (Vec<_>, Vec<_>) = seen.into_iter().unzip();
    let count = |v: Vec<u32>| {
        v.into_iter()
            .collect::<std::collections::HashSet<_>>()
            .len()
    };
    prop_assert_eq!(count(states), count(nodes));
    Ok(())
}

fn run(seed: u64, people: usize, triggers: bool, believing: bool) -> Result<usize, TestCaseError> {
    let Some(mut b) = both(seed, people, triggers, believing) else {
        return Ok(0);
    };
    let mut dice = Dice::new(seed ^ 77);
    let (mut state, mut node) = (b.universe.initial(), b.ground.initial());
    let mut known = std::collections::HashMap::from([(state, node)]);
    for step in 0..8 {
        same(&mut b, state, node)?;
        let there: Vec<(u32, Vec<u32>)> = b.universe.applicable(state).unwrap();
        let mut here = Vec::new();
        b.ground.applicable(node, &mut here);
        let named: Vec<(u32, Vec<u32>)> = here.iter().map(|&a| b.ground.action(a)).collect();
        prop_assert_eq!(&named, &there);
        if here.is_empty() {
            return Ok(step);
        }
        let i = dice.roll(here.len());
        let who = dice.roll(people + 1);
        let mind = (who < people).then_some(who);
        if let Some(c) = mind {
            // As what somebody believes: begin from his mind.
            let s = b.universe.belief(state, b.world.characters[c]).unwrap();
            let n = b.ground.belief(node, c as u8);
            let (action, args) = &there[i];
            if b.universe.possible(s, *action, args, false).unwrap() {
                prop_assert!(b.ground.holds(n, here[i]));
                let after = b
                    .universe
                    .after(s, *action, args, Some(b.world.characters[c]));
                let found = b.ground.after(n, here[i], Some(c as u8));
                if let (Ok(s), Ok(n)) = (after, found) {
                    same(&mut b, s, n)?;
                }
            }
        }
        let after = b.universe.after(state, there[i].0, &there[i].1, None);
        let found = b.ground.after(node, here[i], None);
        // Where the general kernel finds no end of it, the other may see the rest that it comes to.
        let (Ok(s), Ok(n)) = (after, found) else {
            return Ok(step);
        };
        (state, node) = (s, n);
        prop_assert_eq!(*known.entry(state).or_insert(node), node);
    }
    Ok(8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn events_alone(seed: u64, people in 2usize..4) {
        run(seed, people, false, false)?;
    }

    #[test]
    fn with_triggers(seed: u64, people in 2usize..4) {
        run(seed, people, true, false)?;
    }

    #[test]
    fn with_triggers_that_look_into_minds(seed: u64, people in 2usize..4) {
        run(seed, people, true, true)?;
    }
}

/// Most random worlds can be ground, and most of their events take the fast way.
#[test]
fn enough_of_them_run() {
    let (mut steps, mut slow) = (0, 0);
    for seed in 0..400 {
        steps += run(seed, 3, true, true).unwrap();
        if let Some(b) = both(seed, 3, true, true) {
            slow += b.ground.slow_steps;
        }
    }
    assert!(steps > 300, "{steps} steps ran");
    assert!(slow < steps, "{slow} of {steps}");
}

/// All states breadth first by the general kernel: how many were made, and how many are different; None if there are many.
fn all_states(b: &mut Both) -> Option<(u64, u64)> {
    let mut seen = std::collections::HashSet::from([b.universe.initial()]);
    let mut open = vec![b.universe.initial()];
    let mut made = 0;
    while let Some(state) = open.pop() {
        for (action, args) in b.universe.applicable(state).unwrap() {
            let next = b.universe.after(state, action, &args, None).ok()?;
            made += 1;
            if seen.insert(next) {
                open.push(next);
            }
        }
        if seen.len() > 60 || made > 5000 {
            return None;
        }
    }
    Some((made, seen.len() as u64))
}

/// Where there are few states, both kernels find equally many of them, and by equally many events.
#[test]
fn all_states_are_as_many() {
    let (mut worlds, mut states) = (0, 0);
    for seed in 0..300u64 {
        let (triggers, believing) = (seed % 3 > 0, seed % 3 > 1);
        let Some(mut b) = both(seed.wrapping_mul(0x9E37_79B9), 3, triggers, believing) else {
            continue;
        };
        if let Some(all) = all_states(&mut b) {
            assert_eq!(b.ground.breadth_first(all.0 + 1).unwrap(), all, "{seed}");
            worlds += 1;
            states += all.1;
        }
    }
    assert!(
        worlds > 20 && states > 100,
        "{worlds} worlds, {states} states"
    );
}

/// Looks for worlds in which the two differ: `cargo test --release --test packed hunt -- --ignored --nocapture`, with FROM and COUNT.
#[test]
#[ignore = "takes minutes"]
fn hunt() {
    let number =
        |name: &str, or: u64| std::env::var(name).map_or(or, |s| s.parse::<u64>().unwrap());
    let (from, count) = (number("FROM", 0), number("COUNT", 40_000));
    let (mut steps, mut differ) = (0, 0);
    for i in from..from + count {
        let seed = i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for (people, triggers, believing) in KINDS {
            match run(seed, people, triggers, believing) {
                Ok(done) => steps += done,
                Err(error) => {
                    differ += 1;
                    println!("{i} {people} {triggers} {believing}: {error}");
                }
            }
        }
    }
    println!("{differ} of {count} worlds of each kind differ, {steps} steps");
    assert_eq!(differ, 0);
}

/// What once differed: somebody was not heard again when who contradicted him fell silent (the first three), and what was
/// at rest as somebody's mind was taken to be at rest where it was what is so.
#[test]
fn what_once_differed() {
    for i in [7426u64, 35975, 41268, 45205] {
        let seed = i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for people in 2..4 {
            run(seed, people, true, true).unwrap();
        }
    }
}

/// People, triggers, and whether those look into minds.
const KINDS: [(usize, bool, bool); 6] = [
    (2, false, false),
    (3, false, false),
    (2, true, false),
    (3, true, false),
    (2, true, true),
    (3, true, true),
];
