using Sluice.Engine.Events;

namespace Sluice.Api.DataPlane;

/// <summary>
/// The body of one event as this thread's reader has it. After an <c>await</c> the reader may hold another request;
/// because this is a ref struct, the compiler does not allow it to be kept so long.
/// </summary>
internal readonly ref struct ReadBody(UsageReader reader)
{
    public UsageContent Content => reader.Content;

    public List<BodyFault> Faults => reader.Faults;
}
