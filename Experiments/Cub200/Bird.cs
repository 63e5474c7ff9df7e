namespace UAmtfl.Experiments.Cub200;

public static partial class CubBirds
{
    /// <summary>The tasks, each to tell one of the 200 kinds of bird from all others, in the order of the archive's
    /// <c>classes.txt</c> and with its spelling.</summary>
    [Binary(OneVsAll = true)]
    public enum Bird
    {
        BlackFootedAlbatross, LaysanAlbatross, SootyAlbatross, GrooveBilledAni, CrestedAuklet, LeastAuklet, ParakeetAuklet,
        RhinocerosAuklet, BrewerBlackbird, RedWingedBlackbird, RustyBlackbird, YellowHeadedBlackbird, Bobolink, IndigoBunting,
        LazuliBunting, PaintedBunting, Cardinal, SpottedCatbird, GrayCatbird, YellowBreastedChat, EasternTowhee, ChuckWillWidow,
        BrandtCormorant, RedFacedCormorant, PelagicCormorant, BronzedCowbird, ShinyCowbird, BrownCreeper, AmericanCrow, FishCrow,
        BlackBilledCuckoo, MangroveCuckoo, YellowBilledCuckoo, GrayCrownedRosyFinch, PurpleFinch, NorthernFlicker,
        AcadianFlycatcher, GreatCrestedFlycatcher, LeastFlycatcher, OliveSidedFlycatcher, ScissorTailedFlycatcher,
        VermilionFlycatcher, YellowBelliedFlycatcher, Frigatebird, NorthernFulmar, Gadwall, AmericanGoldfinch, EuropeanGoldfinch,
        BoatTailedGrackle, EaredGrebe, HornedGrebe, PiedBilledGrebe, WesternGrebe, BlueGrosbeak, EveningGrosbeak, PineGrosbeak,
        RoseBreastedGrosbeak, PigeonGuillemot, CaliforniaGull, GlaucousWingedGull, HeermannGull, HerringGull, IvoryGull,
        RingBilledGull, SlatyBackedGull, WesternGull, AnnaHummingbird, RubyThroatedHummingbird, RufousHummingbird, GreenVioletear,
        LongTailedJaeger, PomarineJaeger, BlueJay, FloridaJay, GreenJay, DarkEyedJunco, TropicalKingbird, GrayKingbird,
        BeltedKingfisher, GreenKingfisher, PiedKingfisher, RingedKingfisher, WhiteBreastedKingfisher, RedLeggedKittiwake,
        HornedLark, PacificLoon, Mallard, WesternMeadowlark, HoodedMerganser, RedBreastedMerganser, Mockingbird, Nighthawk,
        ClarkNutcracker, WhiteBreastedNuthatch, BaltimoreOriole, HoodedOriole, OrchardOriole, ScottOriole, Ovenbird, BrownPelican,
        WhitePelican, WesternWoodPewee, Sayornis, AmericanPipit, WhipPoorWill, HornedPuffin, CommonRaven, WhiteNeckedRaven,
        AmericanRedstart, Geococcyx, LoggerheadShrike, GreatGreyShrike, BairdSparrow, BlackThroatedSparrow, BrewerSparrow,
        ChippingSparrow, ClayColoredSparrow, HouseSparrow, FieldSparrow, FoxSparrow, GrasshopperSparrow, HarrisSparrow,
        HenslowSparrow, LeConteSparrow, LincolnSparrow, NelsonSharpTailedSparrow, SavannahSparrow, SeasideSparrow, SongSparrow,
        TreeSparrow, VesperSparrow, WhiteCrownedSparrow, WhiteThroatedSparrow, CapeGlossyStarling, BankSwallow, BarnSwallow,
        CliffSwallow, TreeSwallow, ScarletTanager, SummerTanager, ArticTern, BlackTern, CaspianTern, CommonTern, ElegantTern,
        ForstersTern, LeastTern, GreenTailedTowhee, BrownThrasher, SageThrasher, BlackCappedVireo, BlueHeadedVireo,
        PhiladelphiaVireo, RedEyedVireo, WarblingVireo, WhiteEyedVireo, YellowThroatedVireo, BayBreastedWarbler,
        BlackAndWhiteWarbler, BlackThroatedBlueWarbler, BlueWingedWarbler, CanadaWarbler, CapeMayWarbler, CeruleanWarbler,
        ChestnutSidedWarbler, GoldenWingedWarbler, HoodedWarbler, KentuckyWarbler, MagnoliaWarbler, MourningWarbler, MyrtleWarbler,
        NashvilleWarbler, OrangeCrownedWarbler, PalmWarbler, PineWarbler, PrairieWarbler, ProthonotaryWarbler, SwainsonWarbler,
        TennesseeWarbler, WilsonWarbler, WormEatingWarbler, YellowWarbler, NorthernWaterthrush, LouisianaWaterthrush,
        BohemianWaxwing, CedarWaxwing, AmericanThreeToedWoodpecker, PileatedWoodpecker, RedBelliedWoodpecker,
        RedCockadedWoodpecker, RedHeadedWoodpecker, DownyWoodpecker, BewickWren, CactusWren, CarolinaWren, HouseWren, MarshWren,
        RockWren, WinterWren, CommonYellowthroat,
    }
}
