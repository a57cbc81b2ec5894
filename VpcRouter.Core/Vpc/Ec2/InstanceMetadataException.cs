namespace VpcRouter.Vpc.Ec2;

/// <summary>Instance metadata can't be had; the message says why.</summary>
public sealed class InstanceMetadataException : Exception
{
    internal InstanceMetadataException(string message)
        : base(message)
    {
    }
}
