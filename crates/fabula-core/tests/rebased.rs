//! A story that goes on from a time with another problem is as if that had been its problem from the beginning.

mod oracle;

use std::sync::Arc;

use fabula_core::timeline::Timeline;
use fabula_core::ActionParts;
use oracle::random::{case, Dice, Triggers};
use oracle::{bindings, World};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

type Deed = (u32, Vec<u32>);

fn chains(w: &World) -> Vec<Vec<u32>> {
    let mut found = vec![vec![]];
    for &c in &w.characters {
        found.push(vec![c]);
        found.extend(w.characters.iter().map(|&d| vec![c, d]));
    }
    found
}

/// Everything that anybody holds, now and at every time before.
fn compare(w: &World, one: &mut Timeline, other: &mut Timeline) -> Result<(), TestCaseError> {
    prop_assert_eq!(one.now(), other.now());
    for time in 0..=one.now() {
        for chain in chains(w) {
            for key in w.keys() {
                let found = one.ask(time, &chain, key.0, &key.1).ok();
                let expected = other.ask(time, &chain, key.0, &key.1).ok();
                prop_assert_eq!(found, expected, "{} {:?} {:?}", time, &chain, key);
            }
        }
    }
    Ok(())
}

fn deeds(dice: &mut Dice, w: &World, count: usize) -> Vec<Deed> {
    (0..count)
        .map(|_| {
            let action = dice.roll(w.actions.len());
            let env = dice.pick(&bindings(w, &w.actions[action].params));
            (action as u32, env.into_values().collect())
        })
        .collect()
}

fn tell(timeline: &mut Timeline, deeds: &[Deed]) {
    for deed in deeds {
        let _ = timeline.happen(std::slice::from_ref(deed));
    }
}

/// Returns whether there was anything to compare.
fn run(seed: u64, triggers: Triggers) -> Result<bool, TestCaseError> {
    let mut dice = Dice::new(seed);
    let mut case = case(&mut dice, 2, triggers);
    let w = case.world.clone();
    if w.actions.is_empty() {
        return Ok(false);
    }
    let (initial, beliefs) = case.beginning();
    let mut longer = case.problem.clone();
    longer.action("one more", ActionParts::default()).unwrap();
    let before = Arc::new(case.problem.seal().unwrap());
    let after = longer.seal().unwrap();
    let (Ok(mut story), Ok(mut fresh)) = (
        Timeline::new(before, &initial, &beliefs),
        Timeline::new(Arc::new(after.clone()), &initial, &beliefs),
    ) else {
        return Ok(false);
    };
    let common = deeds(&mut dice, &w, 2);
    tell(&mut story, &common);
    let time = story.now();
    tell(&mut story, &deeds(&mut dice, &w, 3));
    for chain in chains(&w) {
        // some minds have been worked out to the end, some half, some not at all
        if dice.chance(60) {
            let at = dice.roll(story.now() as usize + 1) as u32;
            for key in w.keys() {
                let _ = story.ask(at, &chain, key.0, &key.1);
            }
        }
    }
    prop_assert!(story.rebase(after, time));
    let mut otherwise = deeds(&mut dice, &w, 3);
    otherwise.push((w.actions.len() as u32, Vec::new()));
    tell(&mut story, &otherwise);
    tell(&mut fresh, &common);
    tell(&mut fresh, &otherwise);
    compare(&w, &mut story, &mut fresh)?;
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn without_triggers(seed: u64) {
        run(seed, Triggers::No)?;
    }

    #[test]
    fn with_triggers(seed: u64) {
        run(seed, Triggers::Deep)?;
    }
}

#[test]
fn there_is_something_to_compare() {
    let compared = (0..60)
        .filter(|&seed| run(seed, Triggers::Deep).unwrap())
        .count();
    assert!(compared > 20, "{compared}");
}

#[test]
fn what_is_another_thing_is_not_taken_over() {
    let made = |name: &str| {
        let mut problem = fabula_core::Problem::new(true);
        let thing = problem.kind("thing").unwrap();
        problem.entity("a box", &[thing], false).unwrap();
        let lamp = problem.entity(name, &[thing], false).unwrap();
        let lit = problem
            .fluent("lit", &[thing], fabula_core::Value::Unknown, None)
            .unwrap();
        (problem.seal().unwrap(), lit, lamp)
    };
    let (first, lit, lamp) = made("the lamp");
    let mut story = Timeline::new(Arc::new(first), &[], &[]).unwrap();
    story
        .set(&[(vec![], lit, vec![lamp], fabula_core::Value::Bool(true))])
        .unwrap();
    let (other, ..) = made("the lantern");
    assert!(!story.rebase(other.clone(), 1), "the lamp was spoken of");
    let (first, ..) = made("the lamp");
    let mut story = Timeline::new(Arc::new(first), &[], &[]).unwrap();
    story
        .set(&[(vec![], lit, vec![lamp], fabula_core::Value::Bool(true))])
        .unwrap();
    assert!(story.rebase(other, 0), "it was spoken of later only");
}
