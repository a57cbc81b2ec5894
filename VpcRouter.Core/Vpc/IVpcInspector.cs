namespace VpcRouter.Vpc;

/// <summary>
/// Asks what a router needs to know only when it is set up or when something is wrong. Changes nothing: writes are asked for as dry
/// runs. Every failure surfaces as <see cref="VpcApiException"/>. Implementations are thread-safe.
/// </summary>
public interface IVpcInspector
{
    /// <summary>Where the calls go.</summary>
    Uri Endpoint { get; }

    /// <summary>The VPC itself.</summary>
    /// <exception cref="VpcApiException">It doesn't exist, or may not be seen.</exception>
    Task<VpcDescription> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Whether an action is permitted.</summary>
    /// <param name="action">The action.</param>
    /// <param name="routeTableId">The route table to write to; ignored by actions that read.</param>
    /// <param name="networkInterfaceId">An interface that a route could lead to; ignored by actions that read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer. A failure that says nothing about the permission is an answer too.</returns>
    Task<VpcPermission> AskAsync(Ec2Action action, string? routeTableId, string? networkInterfaceId, CancellationToken cancellationToken);

    /// <summary>How many entries prefix lists may have at most: so many routes they count in a table's quota.</summary>
    /// <param name="prefixListIds">The lists, <c>pl-…</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The numbers by id; lists that don't exist or have no such number are left out.</returns>
    /// <exception cref="VpcApiException">They may not be seen.</exception>
    Task<IReadOnlyDictionary<string, int>> GetPrefixListSizesAsync(IReadOnlyCollection<string> prefixListIds, CancellationToken cancellationToken);
}
