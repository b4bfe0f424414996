//! The state after an event (engine: "An event").

use rustc_hash::FxHashMap;

use super::{assign, inner_items, State, Universe, WORK};
use crate::effects::{gather, Outcome, Told, What};
use crate::error::{Error, Result};
use crate::eval::env;
use crate::expr::Mode;
use crate::perceive::{as_seen, observes, Args};
use crate::surprise::{Correction, Surprise};
use crate::value::Entity;

/// A node before the event, the action as it is seen there, its things, and whose belief the node is.
type Before = (State, u32, Args, Option<Entity>);

struct Frame {
    made: FxHashMap<Before, State>,
    open: Vec<(State, Before, Vec<Told>)>,
    /// Corrected minds, so that equal corrections meet in one node.
    corrected: FxHashMap<(State, Entity, Vec<Correction>), State>,
}

impl Universe {
    /// The state after an action; its precondition need not hold. `mind` is the character as whose belief the state is
    /// looked at: there he knows every event, and what he is made to believe is a plain fact.
    pub fn after(
        &mut self,
        state: State,
        action: u32,
        args: &[Entity],
        mind: Option<Entity>,
    ) -> Result<State> {
        self.check_state(state)?;
        self.check_grounding(action, args)?;
        if let Some(who) = mind {
            self.p.check_chain_of(&[who])?;
        }
        let before: Before = (state, action, args.into(), mind);
        if let Some(&known) = self.known.get(&before) {
            return Ok(known);
        }
        let result = self
            .event(before.clone())
            .and_then(|root| self.come_to_rest(root));
        let result = result.map(|root| self.intern(root));
        self.work.clear();
        self.known.insert(before, result.clone()?);
        result
    }

    fn event(&mut self, before: Before) -> Result<State> {
        let p = self.p.clone();
        let mut frame = Frame {
            made: FxHashMap::default(),
            open: Vec::new(),
            corrected: FxHashMap::default(),
        };
        let root = self.event_node(&mut frame, before)?;
        while let Some((node, before, told)) = frame.open.pop() {
            // Each corrected mind may hold others that have to be corrected in their turn.
            if self.work.len() > super::rest::MOST {
                let action = &p.actions[before.1 as usize];
                return Err(Error::Restless {
                    triggers: vec![action.name.clone()],
                });
            }
            for (i, &c) in p.characters.iter().enumerate() {
                if before.3 == Some(c) {
                    continue;
                }
                let mut target = match self.taken_in(&mut frame, &before, c)? {
                    Some(inner) => self.event_node(&mut frame, inner)?,
                    None => self.edge(before.0, i),
                };
                let items = inner_items(&told, c);
                if !items.is_empty() {
                    target = self.patched(target, Some(c), items);
                }
                self.work[(node - WORK) as usize].edges[i] = target;
            }
        }
        Ok(root)
    }

    /// The values after the event; the beliefs follow later.
    fn event_node(&mut self, frame: &mut Frame, before: Before) -> Result<State> {
        if let Some(&node) = frame.made.get(&before) {
            return Ok(node);
        }
        self.beat()?;
        let p = self.p.clone();
        let (at, action, args, owner) = &before;
        let action = &p.actions[*action as usize];
        let mut outcome = Outcome::default();
        gather(
            &p,
            self,
            *at,
            *owner,
            &action.effects,
            &mut env(&p, args),
            &mut outcome,
        )?;
        outcome.settle(&p, &action.name)?;
        let mut values = self.values_of(*at).to_vec();
        for (key, value) in outcome.sets {
            assign(&p, &mut values, key, value);
        }
        let node = self.add_work(values.into(), *owner, *at, Vec::new());
        frame.made.insert(before.clone(), node);
        frame.open.push((node, before, outcome.told));
        Ok(node)
    }

    /// The event as an observer takes it in, from his mind as his surprise corrects it; None when he does not observe.
    fn taken_in(
        &mut self,
        frame: &mut Frame,
        before: &Before,
        who: Entity,
    ) -> Result<Option<Before>> {
        let p = self.p.clone();
        let (at, action, args, _) = before;
        let real = &p.actions[*action as usize];
        if !observes(&p, self, *at, real, args, who)? {
            return Ok(None);
        }
        let (other, seen, looks) = as_seen(&p, self, *at, real, args, who)?;
        let action = other.unwrap_or(*action);
        let mut mind = self.edge(*at, self.place[&who]);
        let surprise = Surprise {
            p: &p,
            actual: *at,
            mind,
            observer: who,
            looks: &looks,
        };
        let precondition = &p.actions[action as usize].precondition;
        let corrections = surprise.corrections(self, precondition, &mut env(&p, args))?;
        if !corrections.is_empty() {
            let place = (mind, who, corrections.clone());
            mind = match frame.corrected.get(&place) {
                Some(&known) => known,
                None => {
                    let item = |(chain, key, value)| Told {
                        chain,
                        what: What::Set(key, value, Mode::Set),
                    };
                    let node =
                        self.patched(mind, Some(who), corrections.into_iter().map(item).collect());
                    frame.corrected.insert(place, node);
                    node
                }
            };
        }
        Ok(Some((mind, action, seen, Some(who))))
    }

    pub(super) fn check_grounding(&self, action: u32, args: &[Entity]) -> Result<()> {
        let Some(a) = self.p.actions.get(action as usize) else {
            return Err(Error::Question(format!("there is no action {action}")));
        };
        self.p.check_args(args, a.params.len(), &a.name)
    }

    pub(super) fn check_state(&self, state: State) -> Result<()> {
        if (state as usize) < self.states.len() {
            Ok(())
        } else {
            Err(Error::Question(format!("there is no state {state}")))
        }
    }
}
