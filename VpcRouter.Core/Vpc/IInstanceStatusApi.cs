using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Vpc;

/// <summary>
/// The port to what the cloud itself knows of the hosts' instances. Every failure surfaces as <see cref="VpcApiException"/>, and only
/// cancellation of the given token as <see cref="OperationCanceledException"/>. Implementations are thread-safe.
/// </summary>
/// <remarks>A plugin gets it injected: <c>AddVpcRouter</c> registers one for EC2, unless the host has registered its own.</remarks>
public interface IInstanceStatusApi
{
    /// <summary>Finds the network interfaces that carry any of the addresses. Costs a call for every 200 addresses of a family.</summary>
    /// <param name="addresses">Private addresses, primary or secondary, IPv4 or IPv6.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The interfaces, attached or not, each once; two may claim one address.</returns>
    Task<ImmutableArray<NetworkInterface>> FindInterfacesAsync(IReadOnlyCollection<IPAddress> addresses, CancellationToken cancellationToken);

    /// <summary>Asks for the states of instances, whatever they are. Costs a call for every 100 instances.</summary>
    /// <param name="instanceIds">Their ids.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>The instances by id. One that the cloud doesn't know, not any more or not yet, is left out.</returns>
    Task<IReadOnlyDictionary<string, InstanceStatus>> GetStatusAsync(IReadOnlyCollection<string> instanceIds, CancellationToken cancellationToken);
}
