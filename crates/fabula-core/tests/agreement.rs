//! Universe, timeline and oracle agree: in every mind to depth 3 after random events in random small worlds.

mod oracle;

use std::sync::Arc;

use fabula_core::timeline::Timeline;
use fabula_core::universe::Universe;
use fabula_core::Error;
use oracle::random::{case, Case, Dice, Triggers};
use oracle::{bindings, event, first, rest, World};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const DEPTH: usize = 3;

fn chains(w: &World) -> Vec<Vec<u32>> {
    let mut out = vec![vec![]];
    let mut last = out.clone();
    for _ in 0..DEPTH {
        last = last
            .iter()
            .flat_map(|chain| {
                w.characters
                    .iter()
                    .map(move |&c| [chain.clone(), vec![c]].concat())
            })
            .filter(|chain: &Vec<u32>| chain.windows(2).all(|p| p[0] != p[1]))
            .collect();
        out.extend(last.clone());
    }
    out
}

struct Run {
    case: Case,
    universe: Universe,
    timeline: Timeline,
}

fn start(mut case: Case) -> Option<Run> {
    let (initial, beliefs) = case.beginning();
    let sealed = Arc::new(case.problem.seal().unwrap());
    let universe = Universe::new(sealed.clone(), &initial, &beliefs).ok()?;
    let timeline = Timeline::new(sealed, &initial, &beliefs).ok()?;
    Some(Run {
        case,
        universe,
        timeline,
    })
}

/// One of them has no state where the others have one.
fn one_sided<T>(which: &str, error: impl std::fmt::Debug, step: usize) -> Result<T, TestCaseError> {
    Err(TestCaseError::fail(format!(
        "only the {which} has none, step {step}: {error:?}"
    )))
}

/// Runs a case; returns how many steps could be compared.
fn run(seed: u64, people: usize, triggers: Triggers) -> Result<usize, TestCaseError> {
    let mut dice = Dice::new(seed);
    let case = case(&mut dice, people, triggers);
    let steps = 3;
    // A level is lost where minds are looked into: by an event, and by every pass of such triggers.
    let spare = match triggers {
        Triggers::Deep => 30,
        Triggers::Looking => 14,
        _ => steps + 2,
    };
    let w = case.world.clone();
    let Ok(mut mind) = rest(
        &w,
        first(&w, &case.set, &case.known_to, &case.beliefs, DEPTH + spare),
    ) else {
        return Ok(0);
    };
    let Some(mut r) = start(case) else {
        return Ok(0);
    };
    if w.actions.is_empty() {
        return Ok(0);
    }
    let mut state = r.universe.initial();
    let mut minds = vec![mind.clone()];
    for step in 0..=steps {
        // Some minds are asked every time, others only at the end.
        for (i, chain) in chains(&w).iter().enumerate() {
            let there = mind.follow(chain);
            let mut s = state;
            for &c in chain {
                s = r.universe.belief(s, c).unwrap();
            }
            for key in w.keys() {
                let expected = there.value(&w, &key);
                prop_assert_eq!(
                    r.universe.ask(s, key.0, &key.1).unwrap(),
                    expected,
                    "universe {:?} {:?} step {}",
                    chain,
                    key,
                    step
                );
                if (i + seed as usize) % 2 == 0 {
                    let found = match r.timeline.ask(step as u32, chain, key.0, &key.1) {
                        Ok(found) => found,
                        Err(e) => return one_sided("timeline", e, step),
                    };
                    prop_assert_eq!(
                        found,
                        expected,
                        "timeline {:?} {:?} step {}",
                        chain,
                        key,
                        step
                    );
                }
            }
        }
        if step == steps {
            break;
        }
        let action = dice.roll(w.actions.len());
        let env = dice.pick(&bindings(&w, &w.actions[action].params));
        let args: Vec<u32> = env.into_values().collect();
        let (next, after) = match (
            event(&w, &mind, action, &args).and_then(|m| rest(&w, m)),
            r.universe.after(state, action as u32, &args, None),
        ) {
            (Ok(next), Ok(after)) => (next, after),
            // The oracle ends at a depth, and with it what goes on from level to level without end.
            (Ok(_), Err(Error::Restless { triggers })) => {
                prop_assert!(!triggers.is_empty(), "step {}: nobody is named", step + 1);
                return Ok(step);
            }
            (Ok(_), Err(e)) => return one_sided("universe", e, step + 1),
            // Where triggers look into minds, what the oracle's last minds say may clash.
            (Err(_), Ok(_)) if triggers < Triggers::Looking => {
                return one_sided("oracle", "no state", step + 1);
            }
            _ => return Ok(step),
        };
        if r.timeline
            .foresee(&[(action as u32, args.clone())])
            .is_ok_and(|f| !f.assumed.is_empty())
        {
            return Ok(step);
        }
        if let Err(e) = r.timeline.happen(&[(action as u32, args)]) {
            return one_sided("timeline", e, step + 1);
        }
        if std::env::var("SHOW").is_ok() {
            println!(
                "step {step}: action {action} {:?}",
                r.timeline.observers(step as u32 + 1)
            );
            for chain in chains(&w) {
                let values: Vec<_> = w
                    .keys()
                    .iter()
                    .map(|k| (k.clone(), next.follow(&chain).value(&w, k)))
                    .collect();
                let mut s = after;
                for &c in &chain {
                    s = r.universe.belief(s, c).unwrap();
                }
                let other: Vec<_> = w
                    .keys()
                    .iter()
                    .map(|k| (k.clone(), r.universe.ask(s, k.0, &k.1).unwrap()))
                    .collect();
                println!(
                    "{chain:?} oracle {values:?}\n    universe {s} {}",
                    if values == other {
                        "same".into()
                    } else {
                        format!("{other:?}")
                    }
                );
            }
        }
        (mind, state) = (next, after);
        minds.push(mind.clone());
    }
    // Every past time, in every mind.
    for (time, mind) in minds.iter().enumerate().rev() {
        for chain in chains(&w) {
            for key in w.keys() {
                let found = match r.timeline.ask(time as u32, &chain, key.0, &key.1) {
                    Ok(found) => found,
                    Err(e) => return one_sided("timeline, late,", e, time),
                };
                prop_assert_eq!(
                    found,
                    mind.follow(&chain).value(&w, &key),
                    "late {:?} {:?} time {}",
                    chain,
                    key,
                    time
                );
            }
        }
    }
    unique(&mut r, &w)?;
    applicable(&mut r, &w, state)?;
    Ok(steps)
}

/// Two states are one exactly when no value differs at any chain.
fn unique(r: &mut Run, w: &World) -> Result<(), TestCaseError> {
    if r.case.told {
        return Ok(());
    }
    let n = r.universe.size().min(25) as u32;
    let keys = w.keys();
    let mut class: Vec<usize> = vec![0; r.universe.size()];
    for _ in 0..=r.universe.size() {
        let mut seen: Vec<(Vec<fabula_core::Value>, Vec<usize>, usize)> = Vec::new();
        let mut next = class.clone();
        for s in 0..r.universe.size() as u32 {
            let values: Vec<_> = keys
                .iter()
                .map(|k| r.universe.ask(s, k.0, &k.1).unwrap())
                .collect();
            let mut targets = vec![class[s as usize]];
            for &c in &w.characters {
                targets.push(class[r.universe.belief(s, c).unwrap() as usize]);
            }
            let place = seen
                .iter()
                .position(|(v, t, _)| *v == values && *t == targets);
            next[s as usize] = place.unwrap_or_else(|| {
                seen.push((values, targets, 0));
                seen.len() - 1
            });
        }
        if next == class {
            break;
        }
        class = next;
    }
    for a in 0..n {
        for b in 0..a {
            prop_assert!(
                class[a as usize] != class[b as usize],
                "states {} and {} are one",
                a,
                b
            );
        }
    }
    for s in 0..n {
        for &c in &w.characters {
            let b = r.universe.belief(s, c).unwrap();
            prop_assert_eq!(r.universe.belief(b, c).unwrap(), b);
        }
    }
    Ok(())
}

/// Joins find what trying everything finds.
fn applicable(r: &mut Run, w: &World, state: u32) -> Result<(), TestCaseError> {
    let found = r.universe.applicable(state).unwrap();
    let mut expected = Vec::new();
    for (i, action) in w.actions.iter().enumerate() {
        for env in bindings(w, &action.params) {
            let args: Vec<u32> = env.into_values().collect();
            if r.universe.possible(state, i as u32, &args, false).unwrap() {
                expected.push((i as u32, args));
            }
        }
    }
    expected.sort();
    prop_assert_eq!(found, expected);
    Ok(())
}

// The same worlds every time: a rare one in which they differ is hunted by hand (`hunt`), and then pinned.
proptest! {
    #![proptest_config(ProptestConfig { cases: 1200, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn without_triggers(seed: u64) {
        run(seed, 2, Triggers::No)?;
    }

    #[test]
    fn with_triggers(seed: u64) {
        run(seed, 2, Triggers::Plain)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn three_people(seed: u64) {
        let triggers = [Triggers::Plain, Triggers::No][(seed % 2) as usize];
        run(seed, 3, triggers)?;
    }
}

/// A timeline follows what comes up from minds within minds for a few levels only, so these have fixed seeds.
#[test]
fn with_triggers_that_look_into_minds() {
    for seed in 0..1200 {
        run(seed, 2, Triggers::Looking).unwrap();
    }
}

#[test]
fn with_triggers_that_teach_minds_within_minds() {
    for seed in 0..30 {
        run(seed, 2, Triggers::Deep).unwrap();
    }
}

/// Worlds in which minds once came out otherwise in a timeline: what held only for a moment, what gave way to another
/// lesson and came back without it, repeated believers, and what came up from minds four levels further in.
#[test]
fn worlds_that_once_differed() {
    let plain = [
        12687307362963424327,
        13979434911938623699,
        8345715053604990886,
        16421719109800067562,
        3976,
        25531,
        29276,
    ];
    for seed in plain {
        run(seed, 2, Triggers::Plain).unwrap();
    }
    for seed in [3519, 5004500] {
        run(seed, 2, Triggers::Looking).unwrap();
    }
    for seed in [364, 413, 487] {
        run(seed, 2, Triggers::Deep).unwrap();
    }
}

#[test]
fn most_cases_are_compared_to_the_end() {
    let ends = |triggers| {
        (0..300)
            .filter(|&seed| run(seed, 2, triggers).unwrap() == 3)
            .count()
    };
    assert!(ends(Triggers::No) > 150, "{}", ends(Triggers::No));
    assert!(ends(Triggers::Plain) > 60, "{}", ends(Triggers::Plain));
}

/// Looks for failing seeds; with COUNT=1 it prints the case of one: for hunting, by hand and in release mode.
#[test]
#[ignore]
fn hunt() {
    let people = std::env::var("PEOPLE").map_or(2, |s| s.parse().unwrap());
    let triggers = match std::env::var("TRIGGERS").as_deref() {
        Ok("deep") => Triggers::Deep,
        Ok("looking") => Triggers::Looking,
        Ok(_) => Triggers::Plain,
        Err(_) => Triggers::No,
    };
    let from: u64 = std::env::var("FROM").map_or(0, |s| s.parse().unwrap());
    let count: u64 = std::env::var("COUNT").map_or(20_000, |s| s.parse().unwrap());
    let mut failed = Vec::new();
    let mut ends = [0; 4];
    for seed in (0..count).map(|i| from.wrapping_add(i)) {
        let start = std::time::Instant::now();
        if std::env::var("SHOW").is_ok() {
            eprintln!("seed {seed}");
        }
        match run(seed, people, triggers) {
            Ok(steps) => ends[steps] += 1,
            Err(e) if count > 1 => {
                let all = e.to_string();
                println!("{seed} {}", all.replace('\n', ""));
                failed.push(seed);
            }
            Err(e) => {
                let case = case(&mut Dice::new(seed), people, triggers);
                panic!(
                    "{seed}\n{e}\n{:#?}\n{:?}\n{:?}\n{:?}",
                    case.world, case.set, case.known_to, case.beliefs
                );
            }
        }
        if start.elapsed().as_secs_f64() > 1.0 {
            println!("slow {seed} {:?}", start.elapsed());
        }
    }
    println!("compared to step 0, 1, 2, 3: {ends:?}");
    assert!(failed.is_empty(), "{failed:?}");
}
