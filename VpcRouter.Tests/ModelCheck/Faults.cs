namespace VpcRouter.Tests.ModelCheck;

/// <summary>Decides which calls go wrong, and counts them.</summary>
internal sealed class Faults(TimeProvider time, Dice dice, FaultCounts counts)
{
    private static readonly FaultKind[] OfLooks =
    [
        FaultKind.Throttled, FaultKind.ServerError, FaultKind.TimeOutWithoutEffect, FaultKind.ExpiredCredentials, FaultKind.VpcNotFound, FaultKind.PartialLook,
    ];

    private static readonly FaultKind[] OfWrites =
    [
        FaultKind.Throttled, FaultKind.ServerError, FaultKind.TimeOutWithoutEffect, FaultKind.TimeOutWithEffect, FaultKind.ExpiredCredentials,
    ];

    private readonly List<FaultWindow> _windows = [];

    public void Begin(FaultWindow window) => _windows.Add(window);

    public void CountWrite() => counts.Add("Writes");

    public void EndAll() => _windows.Clear();

    /// <summary>How a look fails, or <see langword="null"/>.</summary>
    public FaultKind? OfLook() => FirstStriking(OfLooks, "look");

    /// <summary>How a write fails, or <see langword="null"/>.</summary>
    public FaultKind? OfWrite(string write, bool isCreate) =>
        isCreate && Strikes(FaultKind.RouteLimitExceeded, write) ? FaultKind.RouteLimitExceeded : FirstStriking(OfWrites, write);

    public bool Strikes(FaultKind kind, string what)
    {
        _windows.RemoveAll(window => window.Until <= time.GetUtcNow());
        var strikes = _windows.Exists(window => window.Kind == kind && dice.Chance($"{kind} {what}", window.Probability));
        if (strikes)
            counts.Add(kind.ToString());
        return strikes;
    }

    private FaultKind? FirstStriking(FaultKind[] kinds, string what)
    {
        foreach (var kind in kinds)
        {
            if (Strikes(kind, what))
                return kind;
        }

        return null;
    }
}
