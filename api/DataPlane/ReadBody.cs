using Sluice.Engine.Events;

namespace Sluice.Api.DataPlane;

/// <summary>
/// The body of one event as this thread's reader has it. After an <c>await</c> the reader may hold another request; as
/// this is a ref struct, the compiler lets nobody keep it so long.
/// </summary>
internal readonly ref struct ReadBody(UsageReader reader)
{
    public UsageContent Content => reader.Content;

    public List<BodyFault> Faults => reader.Faults;
}
