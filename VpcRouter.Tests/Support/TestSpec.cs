using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Support;

/// <summary>Builds route specs and health reports. Host 1 is 10.0.0.1.</summary>
internal static class TestSpec
{
    public static RouteSpec Of(params RouteEntry[] entries) => new(entries);

    public static RouteSpec Of(string destination, params int[] hosts) => Of(Entry(destination, hosts));

    public static RouteEntry Entry(string destination, params int[] hosts) =>
        new(RouteDestination.Parse(destination), [.. hosts.Select(Host)]);

    public static RouteEntry EntryOf(string destination, params string[] hosts) =>
        new(RouteDestination.Parse(destination), [.. hosts.Select(IPAddress.Parse)]);

    public static IPAddress Host(int number) => IPAddress.Parse($"10.0.0.{number}");

    public static HealthReport Failed(params int[] hosts) => Report(hosts, []);

    public static HealthReport Questionable(params int[] hosts) => Report([], hosts);

    public static HealthReport Report(IEnumerable<int> failed, IEnumerable<int> questionable) =>
        new(failed.Select(Host), questionable.Select(Host), TestVpc.Start, "test");
}
