namespace VpcRouter.Probing;

/// <summary>What one probe found. Immutable.</summary>
/// <param name="Outcome">What it says of the host.</param>
/// <param name="RoundTrip">How long the answer took; zero without one.</param>
/// <param name="Reason">Why the host counts as dead or nothing is known, in an operator's words; empty for a live one.</param>
public readonly record struct ProbeResult(ProbeOutcome Outcome, TimeSpan RoundTrip, string Reason)
{
    /// <summary>The host answered.</summary>
    /// <param name="roundTrip">How long the answer took.</param>
    public static ProbeResult Alive(TimeSpan roundTrip) => new(ProbeOutcome.Alive, roundTrip, "");

    /// <summary>The host refused, or can't be reached.</summary>
    /// <param name="reason">Why it counts as dead, in an operator's words, without a full stop.</param>
    public static ProbeResult Dead(string reason) => new(ProbeOutcome.Dead, TimeSpan.Zero, reason);

    /// <summary>The probe says nothing of the host, because the prober itself is in trouble.</summary>
    /// <param name="reason">What the trouble is, in an operator's words, without a full stop.</param>
    public static ProbeResult Inconclusive(string reason) => new(ProbeOutcome.Inconclusive, TimeSpan.Zero, reason);
}
