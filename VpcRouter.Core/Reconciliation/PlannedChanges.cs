using System.Collections.Immutable;

namespace VpcRouter.Reconciliation;

/// <summary>Gathers changes and gives them back most urgent first, those of one kind in the order in which they were added. Not thread-safe.</summary>
internal sealed class PlannedChanges
{
    private static readonly int Kinds = Enum.GetValues<RouteChangeKind>().Length;
    private readonly List<RouteChange>?[] _byKind = new List<RouteChange>?[Kinds];

    public void Add(RouteChange change) => (_byKind[(int)change.Kind] ??= []).Add(change);

    /// <summary>The changes of a kind.</summary>
    public IReadOnlyCollection<RouteChange> Of(RouteChangeKind kind) => _byKind[(int)kind] ?? [];

    /// <summary>Gives up every change of a kind.</summary>
    public void Clear(RouteChangeKind kind) => _byKind[(int)kind] = null;

    public ImmutableArray<RouteChange> ToImmutable()
    {
        var changes = ImmutableArray.CreateBuilder<RouteChange>(_byKind.Sum(ofKind => ofKind?.Count ?? 0));
        foreach (var ofKind in _byKind)
        {
            if (ofKind is not null)
                changes.AddRange(ofKind);
        }

        return changes.MoveToImmutable();
    }
}
