namespace VpcRouter.Monitors.Probing;

/// <summary>What one probe found.</summary>
/// <param name="Outcome">What it says of the host.</param>
/// <param name="RoundTrip">How long the answer took; zero without one.</param>
/// <param name="Reason">Why the host counts as dead or nothing is known, in an operator's words; empty for a live one.</param>
internal readonly record struct ProbeResult(ProbeOutcome Outcome, TimeSpan RoundTrip, string Reason)
{
    public static ProbeResult Alive(TimeSpan roundTrip) => new(ProbeOutcome.Alive, roundTrip, "");

    public static ProbeResult Dead(string reason) => new(ProbeOutcome.Dead, TimeSpan.Zero, reason);

    public static ProbeResult Inconclusive(string reason) => new(ProbeOutcome.Inconclusive, TimeSpan.Zero, reason);
}
