//! Which actions and triggers let every mind be worked out by itself: what somebody comes to believe then depends on what
//! is so and on his own mind, and on nobody else's.

use super::form::{Char, Eff, Form, Learn, Slot};
use super::task::{condition_reads, reads, val_reads, Act, Trig};
use crate::expr::Mode;

/// How the minds of observers follow from an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Each by itself.
    Yes,
    /// Each by itself, once a surprise about beliefs has put it right.
    Believing,
    /// Only all together.
    No,
}

/// Whose minds are looked into.
#[derive(Default)]
struct Looks {
    minds: Vec<Char>,
    deeper: bool,
}

impl Looks {
    fn at(&mut self) -> impl FnMut(Option<Option<Char>>, Slot, u64) + '_ {
        |chain, _, _| match chain {
            Some(None) => {}
            Some(Some(c)) if self.minds.contains(&c) => {}
            Some(Some(c)) => self.minds.push(c),
            None => self.deeper = true,
        }
    }

    fn only(&self, who: &[Char]) -> bool {
        !self.deeper && self.minds.iter().all(|c| who.contains(c))
    }
}

/// What effects change: whether anything that is so, and whose beliefs.
#[derive(Default)]
struct Changes {
    sets: bool,
    told: Vec<Char>,
    simple: bool,
}

fn changes(effects: &[Eff], out: &mut Changes) {
    for effect in effects {
        match effect {
            Eff::Set(..) | Eff::Put(..) => out.sets = true,
            Eff::If(_, then) => changes(then, out),
            Eff::Tell {
                chain,
                val,
                mode,
                inside,
                ..
            } => {
                let mut inner = Looks::default();
                val_reads(val, Some(None), &mut inner.at());
                // Within a mind only its own values are read.
                let reads_well = !inside || inner.only(&[]);
                out.simple &= chain.len() == 1 && *mode == Mode::Set && reads_well;
                if !out.told.contains(&chain[0]) {
                    out.told.push(chain[0]);
                }
            }
        }
    }
}

/// Whether what some effects do to a mind depends on what is so and on that mind.
fn well(effects: &[Eff], looks: &mut Looks) -> bool {
    let mut all = Changes {
        simple: true,
        ..Changes::default()
    };
    changes(effects, &mut all);
    effects
        .iter()
        .for_each(|e| condition_reads(e, &mut looks.at()));
    all.simple
        && match (all.sets, all.told.as_slice()) {
            (false, [one]) => looks.only(&[*one]),
            _ => looks.only(&[]),
        }
}

/// Whether a trigger does to a mind what depends on what is so and on that mind.
pub fn trigger(trig: &Trig) -> bool {
    let mut looks = Looks::default();
    for (c, lit) in &trig.minds {
        looks.at()(Some(Some(*c)), lit.slot, lit.codes);
    }
    trig.rest
        .iter()
        .for_each(|f| reads(f, Some(None), &mut looks.at()));
    well(&trig.effects, &mut looks)
}

/// How the minds of observers follow from an action.
pub fn action(act: &Act) -> Apart {
    let mut looks = Looks::default();
    let sees = act.observes.iter().enumerate().all(|(c, form)| {
        let mut mine = Looks::default();
        reads(form, Some(None), &mut mine.at());
        reads(form, Some(None), &mut looks.at());
        mine.only(&[c as Char])
    });
    if !sees || !well(&act.effects, &mut Looks::default()) {
        return Apart::No;
    }
    let effects = act.effects.iter();
    effects.for_each(|e| condition_reads(e, &mut looks.at()));
    let mut wants = Looks::default();
    reads(&act.pre, Some(None), &mut wants.at());
    match wants.only(&[]) {
        true => Apart::Yes,
        // What else is looked for in a mind is looked for before it is put right.
        false if looks.only(&[]) && correctable(&act.pre) => Apart::Believing,
        false => Apart::No,
    }
}

/// Whether what an observer learns can be read off literals, his own and those in others' minds.
fn correctable(form: &Form) -> bool {
    match form {
        Form::Const(_) | Form::Lit(_) => true,
        Form::And(list) | Form::Or(list) => list.iter().all(correctable),
        Form::In(_, inner, so) => {
            *so && matches!(&**inner, Form::Lit(lit) if lit.learn == Learn::Actual)
        }
        Form::Cmp(..) => false,
    }
}
