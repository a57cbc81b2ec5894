using System.Net;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>The order in which pages list hosts: by their addresses.</summary>
internal static class HostOrder
{
    public static string KeyOf(IPAddress host) => Convert.ToHexString(host.MapToIPv6().GetAddressBytes());
}
