using System.Reflection;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.Exporting;

/// <summary>Stands before a port and the ports that it hands out: the process may be killed before any call.</summary>
internal class Killable : DispatchProxy
{
    private object port = null!;
    private KillSwitch kill = null!;

    public static T Before<T>(T port, KillSwitch kill)
        where T : class => (T)Before(typeof(T), port, kill);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        // What takes no cancellation asks nobody.
        if (targetMethod!.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken)))
            kill.Count();
        var answer = targetMethod.Invoke(port, BindingFlags.DoNotWrapExceptions, null, args, null);
        return targetMethod is { IsSpecialName: true, ReturnType.Name: ['I', ..] }
            && targetMethod.ReturnType.Namespace == typeof(Application.Ports.ILedgerStorage).Namespace
                ? Before(targetMethod.ReturnType, answer!, kill)
                : answer;
    }

    private static object Before(Type type, object port, KillSwitch kill)
    {
        var proxy = Create(type, typeof(Killable));
        ((Killable)proxy).port = port;
        ((Killable)proxy).kill = kill;
        return proxy;
    }
}
