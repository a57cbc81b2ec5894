namespace VpcRouter.Simulator.Model;

/// <summary>What EC2 may show or hide about routes and attachments.</summary>
/// <param name="SharedVpc">Whether the VPC is another account's: instance ids are hidden from routes and attachments.</param>
/// <param name="BlackholeInstanceId">Whether blackholes show their last instance's id; null to show it until the instance is terminated.</param>
/// <param name="BlackholeInterfaceId">Whether blackholes show their interface's id.</param>
internal sealed record AnswerShape(bool SharedVpc, bool? BlackholeInstanceId, bool BlackholeInterfaceId)
{
    public static AnswerShape Usual { get; } = new(SharedVpc: false, BlackholeInstanceId: null, BlackholeInterfaceId: true);
}
