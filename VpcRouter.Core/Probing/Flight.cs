namespace VpcRouter.Probing;

/// <summary>A probe under way, in its place in the flight table.</summary>
internal struct Flight
{
    public TimeSpan SentAt;
    public int Host;

    /// <summary>The next younger probe of the same host, or in a free place the next free one; -1 without one.</summary>
    public int Next;

    /// <summary>How often the place was used; makes numbers unique.</summary>
    public uint Generation;
    public FlightState State;
    public string? Reason;
}
