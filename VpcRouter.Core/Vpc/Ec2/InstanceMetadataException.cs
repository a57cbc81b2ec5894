namespace VpcRouter.Vpc.Ec2;

/// <summary>Instance metadata can't be had; the message says why.</summary>
internal sealed class InstanceMetadataException(string message) : Exception(message);
