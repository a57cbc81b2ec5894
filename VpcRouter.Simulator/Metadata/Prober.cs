using System.Net;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Metadata;

/// <summary>The instance whose metadata is served: the machine that VpcRouter believes to run on. EC2's answers don't list it.</summary>
internal sealed record Prober(string InstanceId, string MacAddress, IPAddress Address, string Zone)
{
    // EC2 keeps the first four addresses of a subnet for itself.
    private const int FirstFree = 4;

    /// <summary>Puts it on the first free address of the VPC's first subnet.</summary>
    public static Prober In(VpcModel model)
    {
        var subnet = model.Subnets.Values.First();
        var address = subnet.Cidr.BaseAddress.GetAddressBytes();
        address[3] += FirstFree;
        while (model.HostAddresses.ContainsKey(new IPAddress(address)))
            address[3]++;
        return new Prober("i-0f000000000000001", "0a:ff:00:00:00:01", new IPAddress(address), subnet.Zone);
    }
}
