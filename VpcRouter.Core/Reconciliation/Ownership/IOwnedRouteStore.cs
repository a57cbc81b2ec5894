namespace VpcRouter.Reconciliation.Ownership;

/// <summary>Where it is kept which routes VpcRouter wrote. Called by one thread at a time.</summary>
internal interface IOwnedRouteStore
{
    /// <summary>What was kept last. Never throws: what can't be read is told and not believed.</summary>
    IReadOnlyList<OwnedRoute> Load(string vpcId);

    /// <summary>Keeps these and forgets all others; on return they survive a crash.</summary>
    /// <exception cref="IOException">They can't be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be kept.</exception>
    void Save(string vpcId, IReadOnlyList<OwnedRoute> routes);
}
