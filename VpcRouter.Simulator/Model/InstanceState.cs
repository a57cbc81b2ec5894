namespace VpcRouter.Simulator.Model;

/// <summary>An instance's state; the numbers are those of EC2's <c>instanceState/code</c>.</summary>
internal enum InstanceState
{
    Pending = 0,
    Running = 16,
    ShuttingDown = 32,
    Terminated = 48,
    Stopping = 64,
    Stopped = 80,
}
