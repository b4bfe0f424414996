//! A timeline that goes on from a mind agrees with the universe's state of that mind, before and after an event.

mod oracle;

use std::sync::Arc;

use fabula_core::timeline::Timeline;
use fabula_core::universe::Universe;
use oracle::random::{case, Dice, Triggers};
use oracle::{bindings, World};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Everything that a mind holds, and what it takes the others to hold.
fn compare(
    w: &World,
    universe: &mut Universe,
    state: u32,
    timeline: &mut Timeline,
    what: &str,
) -> Result<(), TestCaseError> {
    let now = timeline.now();
    let mut chains = vec![vec![]];
    for &c in &w.characters {
        chains.push(vec![c]);
        chains.extend(w.characters.iter().map(|&d| vec![c, d]));
    }
    for chain in chains {
        let mut s = state;
        for &c in &chain {
            s = universe.belief(s, c).unwrap();
        }
        for key in w.keys() {
            let expected = universe.ask(s, key.0, &key.1).unwrap();
            let found = timeline.ask(now, &chain, key.0, &key.1);
            prop_assert_eq!(found.ok(), Some(expected), "{} {:?} {:?}", what, chain, key);
        }
    }
    Ok(())
}

/// Runs random events, and leaves the story in a mind after each of them; returns how many moments were compared.
fn run(seed: u64, triggers: Triggers) -> Result<usize, TestCaseError> {
    let mut dice = Dice::new(seed);
    let mut case = case(&mut dice, 2, triggers);
    let w = case.world.clone();
    let (initial, beliefs) = case.beginning();
    let sealed = Arc::new(case.problem.seal().unwrap());
    let (Ok(mut universe), Ok(mut timeline)) = (
        Universe::new(sealed.clone(), &initial, &beliefs),
        Timeline::new(sealed, &initial, &beliefs),
    ) else {
        return Ok(0);
    };
    if w.actions.is_empty() {
        return Ok(0);
    }
    let mut state = universe.initial();
    let mut compared = 0;
    for step in 0..3u32 {
        let grounding = |dice: &mut Dice| {
            let action = dice.roll(w.actions.len());
            let env = dice.pick(&bindings(&w, &w.actions[action].params));
            (action as u32, env.into_values().collect::<Vec<u32>>())
        };
        for &c in &w.characters {
            let mind = universe.belief(state, c).unwrap();
            let mut imagined = timeline.imagine(step, &[c]).unwrap();
            compare(&w, &mut universe, mind, &mut imagined, "imagined")?;
            let (action, args) = grounding(&mut dice);
            let Ok(after) = universe.after(mind, action, &args, Some(c)) else {
                continue;
            };
            let supposes = imagined
                .foresee(&[(action, args.clone())])
                .is_ok_and(|f| !f.assumed.is_empty());
            if supposes || imagined.happen(&[(action, args)]).is_err() {
                continue;
            }
            compare(
                &w,
                &mut universe,
                after,
                &mut imagined,
                "imagined, after an event",
            )?;
            compared += 1;
        }
        // What was imagined has touched nothing.
        compare(&w, &mut universe, state, &mut timeline, "the story")?;
        let (action, args) = grounding(&mut dice);
        let Ok(next) = universe.after(state, action, &args, None) else {
            break;
        };
        let supposes = timeline
            .foresee(&[(action, args.clone())])
            .is_ok_and(|f| !f.assumed.is_empty());
        if supposes || timeline.happen(&[(action, args)]).is_err() {
            break;
        }
        state = next;
    }
    Ok(compared)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn without_triggers(seed: u64) {
        run(seed, Triggers::No)?;
    }

    #[test]
    fn with_triggers(seed: u64) {
        run(seed, Triggers::Plain)?;
    }
}

#[test]
fn most_moments_are_compared() {
    let compared: usize = (0..200)
        .map(|seed| run(seed, Triggers::Plain).unwrap())
        .sum();
    assert!(compared > 400, "only {compared} moments were compared");
}
