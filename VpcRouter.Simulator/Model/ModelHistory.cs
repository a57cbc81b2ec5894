namespace VpcRouter.Simulator.Model;

/// <summary>The VPC as it was: what it takes to show stale data. Bounded in age and in number. Not thread-safe.</summary>
internal sealed class ModelHistory
{
    /// <summary>How far back the history goes.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>How many versions it holds; one more makes it forget the oldest.</summary>
    public const int MaxVersions = 4096;

    // Versions share all but what changed between them, which is about a kilobyte for a route.
    private readonly Queue<(DateTimeOffset From, VpcModel Model)> _versions = new();

    public void Add(DateTimeOffset now, VpcModel model)
    {
        _versions.Enqueue((now, model));
        while (_versions.Count > MaxVersions || (_versions.Count > 1 && _versions.ElementAt(1).From < now - MaxAge))
            _versions.Dequeue();
    }

    /// <summary>The version that was in force at a moment, or the oldest one kept.</summary>
    public VpcModel At(DateTimeOffset moment)
    {
        var found = _versions.Peek().Model;
        foreach (var (from, model) in _versions)
        {
            if (from > moment)
                break;
            found = model;
        }

        return found;
    }
}
