namespace VpcRouter.Simulator.Model;

internal enum HostStateOutcome
{
    Done,
    UnknownHost,
    Terminated,
}
