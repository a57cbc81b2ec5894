namespace VpcRouter.Simulator.Model;

internal static class HostStatusNames
{
    public static string Name(this HostStatus status) => status switch
    {
        HostStatus.Impaired => "impaired",
        HostStatus.Retiring => "retiring",
        HostStatus.Initializing => "initializing",
        _ => "ok",
    };
}
