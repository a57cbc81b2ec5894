namespace VpcRouter.Testing;

/// <summary>What a write does to a route.</summary>
public enum VpcAction
{
    /// <summary>Makes it.</summary>
    Create,

    /// <summary>Points it elsewhere.</summary>
    Replace,

    /// <summary>Removes it.</summary>
    Delete,
}
