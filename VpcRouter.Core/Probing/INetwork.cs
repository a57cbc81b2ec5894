using System.Net;

namespace VpcRouter.Probing;

/// <summary>What this machine knows of its own network. Looking sends nothing.</summary>
internal interface INetwork
{
    /// <summary>The address from which this machine would send to a host; <see langword="null"/> when it has no route there.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">That can't be found out.</exception>
    IPAddress? SourceTo(IPAddress host);

    /// <summary>The addresses of the interfaces that have no link.</summary>
    IReadOnlySet<IPAddress> AddressesWithoutLink();
}
