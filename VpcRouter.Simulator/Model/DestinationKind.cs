namespace VpcRouter.Simulator.Model;

internal enum DestinationKind
{
    Ipv4,
    Ipv6,
    PrefixList,
}
