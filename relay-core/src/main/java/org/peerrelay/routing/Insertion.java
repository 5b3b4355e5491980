package org.peerrelay.routing;

/** What became of a contact that was offered to a {@link RoutingTable}. Look at it always. */
public sealed interface Insertion {
  /** The contact is new, and in the table. */
  record Added() implements Insertion {}

  /** The table knew the id: the contact has replaced the earlier one and is now the latest seen. */
  record Refreshed(Contact previous) implements Insertion {}

  /**
   * The contact is not in the table, since its bucket is full. Probe {@code oldest}: if it answers,
   * offer it again with the new time, and it becomes the latest seen; if not, remove it and offer
   * the newcomer again. So nobody can push out peers that live by inventing new ones.
   */
  record Full(Contact oldest) implements Insertion {}

  /** The contact has the id of this node, and is not in the table. */
  record Self() implements Insertion {}
}
