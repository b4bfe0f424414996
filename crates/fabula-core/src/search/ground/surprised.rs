//! What an observer learns who did not think an event possible (engine: "An event", 2), on packed states.

use smallvec::SmallVec;

use super::fast::{Fast, Items, Stop};
use super::form::{Form, Learn};
use super::store::SELF;
use super::{Edges, Ground, Node, Words};

impl Ground {
    /// The mind of an observer as his surprise corrects it.
    /// With `together`, those who are surprised alike share a mind afterwards.
    pub(super) fn put_right(
        &mut self,
        node: Node,
        mind: Node,
        who: u8,
        action: &super::Act,
        together: bool,
    ) -> Fast<Node> {
        if mind == node {
            return Ok(mind);
        }
        let there = self.store.words(mind);
        let fits = action.lits.iter().all(|lit| lit.holds(there)) && {
            let (ev, view) = (self.eval(), self.store.view(mind));
            action.rest.iter().all(|f| ev.holds(view, f))
        };
        if fits {
            return Ok(mind);
        }
        if !action.plain {
            return Err(Stop::Slow);
        }
        let mut items = Items::new();
        self.corrections(&action.pre, self.store.words(node), there, &mut items)?;
        if together {
            if let Some(together) = self.put_right_together(mind, who, action, &items)? {
                return Ok(together);
            }
        }
        Ok(self.patched(mind, who, &items))
    }

    /// In a mind that several share, all who observe are surprised alike, and each of them knows that of the others:
    /// afterwards they share a mind again. None where it is not as plain as that.
    fn put_right_together(
        &mut self,
        mind: Node,
        who: u8,
        action: &super::Act,
        items: &Items,
    ) -> Fast<Option<Node>> {
        if action.tells || !action.open {
            return Ok(None);
        }
        let mut words: Words = self.store.words(mind).into();
        for &(slot, code) in items {
            self.codes.put(&mut words, slot, code);
        }
        let mut again = Items::new();
        self.corrections(&action.pre, &words, self.store.words(mind), &mut again)?;
        if again != *items {
            return Ok(None);
        }
        let mut edges: Edges = self.store.edges(mind).into();
        let (ev, view) = (self.eval(), self.view(&words, &edges));
        let sees: SmallVec<[bool; 12]> = action
            .observes
            .iter()
            .map(|form| ev.holds(view, form))
            .collect();
        if edges[usize::from(who)] != SELF || !sees[usize::from(who)] {
            return Ok(None);
        }
        for (e, sees) in edges.iter_mut().zip(sees) {
            if *e == SELF && !sees {
                *e = mind;
            }
        }
        Ok(Some(self.store.intern(&words, &edges)))
    }

    /// What an observer learns from the clauses that hold where the event happens.
    pub(super) fn corrections(
        &self,
        form: &Form,
        here: &[u64],
        there: &[u64],
        out: &mut Items,
    ) -> Fast<()> {
        if !plainly(form, here) {
            return Ok(());
        }
        match form {
            Form::And(list) | Form::Or(list) => {
                for part in list {
                    self.corrections(part, here, there, out)?;
                }
            }
            Form::Lit(lit) if !lit.holds(there) => {
                let known = lit.learn == Learn::Actual;
                let code = if known {
                    self.codes.code(here, lit.slot)
                } else {
                    self.codes.unknown(lit.slot).ok_or(Stop::Slow)?
                };
                // A known value beats unknown.
                match out.iter_mut().find(|(slot, _)| *slot == lit.slot) {
                    Some(item) if known => item.1 = code,
                    Some(_) => {}
                    None => out.push((lit.slot, code)),
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn plainly(form: &Form, words: &[u64]) -> bool {
    match form {
        Form::Lit(lit) => lit.holds(words),
        Form::And(list) => list.iter().all(|f| plainly(f, words)),
        Form::Or(list) => list.iter().any(|f| plainly(f, words)),
        Form::Const(b) => *b,
        Form::Cmp(..) | Form::In(..) => false,
    }
}
