namespace VpcRouter.Vpc;

/// <summary>What VpcRouter asks of EC2, by EC2's own names: nothing else is ever called. Those that write come last.</summary>
public enum Ec2Action
{
    /// <summary>At each look.</summary>
    DescribeRouteTables,

    /// <summary>At each look.</summary>
    DescribeNetworkInterfaces,

    /// <summary>At the first look, and when an unknown subnet appears.</summary>
    DescribeSubnets,

    /// <summary>When the preflight asks whether the VPC exists.</summary>
    DescribeVpcs,

    /// <summary>When two interfaces claim an address, and by monitors that believe EC2's status checks.</summary>
    DescribeInstanceStatus,

    /// <summary>When the preflight counts what a prefix list takes of a table's quota.</summary>
    DescribeManagedPrefixLists,

    /// <summary>For a route that is missing.</summary>
    CreateRoute,

    /// <summary>For a route that leads elsewhere than it should.</summary>
    ReplaceRoute,

    /// <summary>For a route that the spec doesn't name any more.</summary>
    DeleteRoute,
}
