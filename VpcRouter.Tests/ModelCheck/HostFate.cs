namespace VpcRouter.Tests.ModelCheck;

/// <summary>What has become of an instance that is to act as a router.</summary>
internal enum HostFate
{
    Alive,

    /// <summary>It runs, as far as EC2 can see, but answers nobody.</summary>
    Dead,

    Stopped,

    /// <summary>Its interface is gone with it.</summary>
    Terminated,

    /// <summary>Its interface was taken from it.</summary>
    Detached,
}
