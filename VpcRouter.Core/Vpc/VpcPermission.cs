namespace VpcRouter.Vpc;

/// <summary>What a dry run of an action was answered. Immutable.</summary>
/// <param name="Action">The action.</param>
/// <param name="RouteTableId">The route table that it was about; <see langword="null"/> for one that reads.</param>
/// <param name="IsAllowed">Whether the action is permitted; <see langword="null"/> when the answer doesn't say.</param>
/// <param name="Code">EC2's own code: <c>DryRunOperation</c>, <c>UnauthorizedOperation</c>, or that of another failure.</param>
/// <param name="Message">What EC2 said.</param>
public sealed record VpcPermission(Ec2Action Action, string? RouteTableId, bool? IsAllowed, string Code, string Message);
