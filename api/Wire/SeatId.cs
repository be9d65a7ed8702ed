using Sluice.Metering.Identity;

namespace Sluice.Api.Wire;

/// <summary>A seat's id in a path; 0 where the text is no id, which no seat has.</summary>
internal readonly record struct SeatId(long Value)
{
    public static bool TryParse(string? text, out SeatId id)
    {
        id = new(Ids.Read(IdText.Seat, text));
        return true;
    }
}
