using System.Collections.Immutable;

namespace VpcRouter.Simulator.Model;

/// <summary>The life of an instance, and what it does to its interfaces and hosts.</summary>
internal static class InstanceRules
{
    public static VpcModel Start(VpcModel model, string id, DateTimeOffset now) => model.RequireInstance(id).State switch
    {
        InstanceState.Running or InstanceState.Pending => model,
        InstanceState.Stopped => Enter(model, id, InstanceState.Pending, now),
        _ => throw WrongState(id, "started"),
    };

    public static VpcModel Stop(VpcModel model, string id, DateTimeOffset now) => model.RequireInstance(id).State switch
    {
        InstanceState.Stopped or InstanceState.Stopping => model,
        InstanceState.Running or InstanceState.Pending => Enter(model, id, InstanceState.Stopping, now),
        _ => throw WrongState(id, "stopped"),
    };

    public static VpcModel Terminate(VpcModel model, string id, DateTimeOffset now) => model.RequireInstance(id).State switch
    {
        InstanceState.Terminated or InstanceState.ShuttingDown => model,
        _ => Enter(model, id, InstanceState.ShuttingDown, now),
    };

    /// <summary>Ends a passing state, unless the instance has left it already.</summary>
    public static VpcModel Settle(VpcModel model, string id, int generation, DateTimeOffset now)
    {
        var instance = model.Instances[id];
        return instance.Generation == generation && Successor(instance.State) is { } next ? Enter(model, id, next, now) : model;
    }

    public static VpcModel Enter(VpcModel model, string id, InstanceState state, DateTimeOffset now)
    {
        var instance = model.Instances[id];
        if (instance.State == state)
            return model;
        var started = state == InstanceState.Pending || (state == InstanceState.Running && instance.State != InstanceState.Pending);
        var next = instance with
        {
            State = state,
            Generation = instance.Generation + 1,
            LaunchTime = started ? now : instance.LaunchTime,
            // An instance starts on other hardware than the one it had trouble with.
            Status = started ? HostStatus.Ok : instance.Status,
            Events = started ? [] : instance.Events,
        };
        if (state == InstanceState.Terminated)
        {
            model = model with
            {
                LastAttached = model.LastAttached.SetItems(instance.InterfaceIds.Select(i => KeyValuePair.Create(i, model.Interfaces[i]))),
                Interfaces = model.Interfaces.RemoveRange(instance.InterfaceIds),
            };
            next = next with { InterfaceIds = [] };
        }

        var hosts = model.Hosts.Values.Where(h => h.InstanceId == id).Select(h => KeyValuePair.Create(h.Address, h with { Since = now }));
        return model with { Instances = model.Instances.SetItem(id, next), Hosts = model.Hosts.SetItems(hosts) };
    }

    public static VpcModel SetStatus(VpcModel model, string id, HostStatus status, DateTimeOffset now) =>
        model.Instances[id].Status == status
            ? model
            : model with { Instances = model.Instances.SetItem(id, model.Instances[id] with { Status = status, StatusSince = now }) };

    public static VpcModel SetEvents(VpcModel model, string id, ImmutableArray<SimulatedEvent> events, DateTimeOffset now) =>
        model with { Instances = model.Instances.SetItem(id, model.Instances[id] with { Events = events, EventsSince = now }) };

    /// <summary>Hides a terminated instance from EC2's answers.</summary>
    public static VpcModel Forget(VpcModel model, string id) =>
        model with { Instances = model.Instances.SetItem(id, model.Instances[id] with { IsForgotten = true }) };

    private static InstanceState? Successor(InstanceState state) => state switch
    {
        InstanceState.Pending => InstanceState.Running,
        InstanceState.Stopping => InstanceState.Stopped,
        InstanceState.ShuttingDown => InstanceState.Terminated,
        _ => null,
    };

    private static Ec2Exception WrongState(string id, string done) =>
        new("IncorrectInstanceState", $"The instance '{id}' is not in a state from which it can be {done}.");
}
