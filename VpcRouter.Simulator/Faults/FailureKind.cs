namespace VpcRouter.Simulator.Faults;

/// <summary>What becomes of the answer.</summary>
internal enum FailureKind
{
    /// <summary>An error code takes its place.</summary>
    Error,

    /// <summary>The connection is reset in its stead.</summary>
    Reset,

    /// <summary>It never comes; the connection stays open until the caller gives up.</summary>
    None,
}
