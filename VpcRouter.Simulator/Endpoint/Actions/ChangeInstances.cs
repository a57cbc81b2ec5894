using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

/// <summary>StartInstances, StopInstances and TerminateInstances: they differ in the rule they apply only.</summary>
internal sealed class ChangeInstances(string name, Func<VpcModel, string, DateTimeOffset, VpcModel> rule) : IEc2Action
{
    public string Name => name;

    public Action<Ec2Xml> Execute(Ec2Call call)
    {
        var (request, vpc, _, _) = call;
        var ids = request.List("InstanceId").Distinct().ToList();
        if (ids.Count == 0)
            throw Ec2Errors.Missing("InstanceId");
        foreach (var id in ids)
            vpc.Model.RequireInstance(id);
        request.EndDryRun();
        var (before, after) = vpc.Change(ids, rule);
        return xml => xml.List("instancesSet", ids, id =>
        {
            xml.Value("instanceId", id);
            xml.Group("currentState", () => InstanceStateXml.Write(after.Instances[id].State, xml));
            xml.Group("previousState", () => InstanceStateXml.Write(before.Instances[id].State, xml));
        });
    }
}
