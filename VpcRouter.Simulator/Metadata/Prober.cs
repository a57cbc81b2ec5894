using System.Buffers.Binary;
using System.Net;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Metadata;

/// <summary>The instance whose metadata is served: the machine that VpcRouter believes to run on. EC2's answers don't list it.</summary>
internal sealed record Prober(string InstanceId, string MacAddress, IPAddress Address, string Zone)
{
    // EC2 keeps the first four addresses of a subnet for itself.
    private const uint FirstFree = 4;

    /// <summary>Puts it on the first free address of the VPC's first subnet.</summary>
    public static Prober In(VpcModel model)
    {
        var subnet = model.Subnets.Values.First();
        var address = FirstFree;
        while (model.HostAddresses.ContainsKey(Offset(subnet.Cidr, address)))
            address++;
        return new Prober("i-0f000000000000001", "0a:ff:00:00:00:01", Offset(subnet.Cidr, address), subnet.Zone);
    }

    private static IPAddress Offset(IPNetwork network, uint offset)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) + offset);
        return new IPAddress(bytes);
    }
}
