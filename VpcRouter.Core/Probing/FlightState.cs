namespace VpcRouter.Probing;

/// <summary>What is known of a probe under way.</summary>
internal enum FlightState : byte
{
    /// <summary>The place holds no probe.</summary>
    Free,

    /// <summary>Nothing yet.</summary>
    Pending,

    /// <summary>Nothing yet, but a younger probe of the host was answered: no verdict depends on this one any more.</summary>
    Settled,

    /// <summary>The host refused, and an older probe has yet to come to its end.</summary>
    Refused,
}
