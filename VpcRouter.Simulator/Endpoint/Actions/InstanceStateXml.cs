using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal static class InstanceStateXml
{
    public static void Write(InstanceState state, Ec2Xml xml)
    {
        xml.Value("code", (int)state);
        xml.Value("name", state.Name());
    }
}
