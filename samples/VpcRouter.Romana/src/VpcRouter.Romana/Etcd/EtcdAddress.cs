namespace VpcRouter.Romana.Etcd;

/// <summary>The address of a member of etcd as it was given.</summary>
/// <param name="Host">A name or an address; an IPv6 address without brackets.</param>
/// <param name="Port">The port, where one was given.</param>
internal readonly record struct EtcdAddress(string Host, int? Port)
{
    public override string ToString() =>
        Port is null ? Host : Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
