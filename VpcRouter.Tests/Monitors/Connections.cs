using System.Net;
using System.Net.NetworkInformation;

namespace VpcRouter.Tests.Monitors;

/// <summary>The connections that this machine still knows, those in TIME_WAIT among them.</summary>
internal static class Connections
{
    /// <summary>Those to one server. Its address is to be a test's own: a port alone may have been somebody else's a moment ago.</summary>
    public static TcpState[] To(EndPoint server) =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Where(connection => connection.RemoteEndPoint.Equals(server)).Select(connection => connection.State)];
}
