using System.Collections.Immutable;

namespace VpcRouter.Reconciliation;

/// <summary>What a guard keeps a plan from doing. Immutable.</summary>
/// <param name="Guard">Which guard: the name of the setting that governs it, for example <c>max-deletes</c>.</param>
/// <param name="Message">Why, until when, and how to let it through, in words that an operator understands.</param>
/// <param name="Changes">The changes held back; empty while the guard is on but nothing waits for it.</param>
public sealed record HeldBackChanges(string Guard, string Message, ImmutableArray<RouteChange> Changes);
