"""Words that nicknames are made of where people choose none: friendly animals and plants, in the language of the meeting.

English puts an adjective in front. Elsewhere it would have to agree with its noun, so a number follows instead. No word is
longer than `LONGEST_NOUN`, none is used to insult people, and each is spelled as it stands alone.
"""

LONGEST_NOUN = 12
"""Characters: with a space and a number of seven digits it still is a nickname."""

ADJECTIVES = """
Agile Amber Bold Brave Bright Calm Clever Cosy Curious Daring Deft Eager Fair Fleet Gentle Golden
Happy Humble Jolly Keen Kind Lively Loyal Lucky Merry Mighty Modest Noble Patient Polite Proud Quick
Quiet Rapid Rosy Shiny Silver Snowy Sunny Swift Tidy Vivid Warm Wise Witty
"""

ANIMALS = """
Badger Beaver Bison Camel Crane Dolphin Eagle Falcon Finch Fox Gazelle Gecko Gibbon Giraffe Hare
Heron Ibis Jaguar Koala Lemur Leopard Lion Lynx Marmot Marten Moose Narwhal Ocelot Orca Oriole
Osprey Otter Owl Panda Panther Parrot Pelican Penguin Puffin Quail Rabbit Raven Robin Salmon Seal
Sparrow Swan Tapir Tiger Toucan Turtle Walrus Whale Wombat Yak Zebra
"""

NOUNS = {
    "ar": """
نسر صقر أسد نمر فهد غزال زرافة دلفين بطريق بجعة عصفور هدهد حسون سنجاب باندا كوالا فراشة نحلة سلحفاة حصان جمل
لقلق طاووس كركي نورس ياسمين نرجس زنبق ريحان نخلة زيتون رمان ليمون صفصاف لوتس خزامى
""",
    "ca": """
Abella Àguila Ametller Avet Bedoll Castor Cavall Cérvol Cigne Cirerer Clavell Dofí Esquirol Falcó Garsa Gavina
Girafa Girasol Guineu Hipocamp Isard Jaguar Koala Lleó Lliri Lleopard Linx Llúdriga Merla Narcís Noguera
Oliver Oreneta Òliba Orquídia Panda Papallona Pelicà Pingüí Pinsà Roser Roure Tortuga Tulipa Zebra
""",
    "da": """
Bison Bæver Delfin Due Egern Falk Flamingo Gazelle Giraf Gran Hare Hejre Hjort Hvepsevåge Ibis Isbjørn Jaguar
Kamel Kanin Kastanje Koala Lilje Los Lærke Løve Mejse Musvåge Nattergal Odder Ørn Panda Pelikan Pingvin Rose
Sommerfugl Spurv Stork Svale Svane Sæl Tiger Tulipan Ugle Viol Zebra Trane
""",
    "de": """
Adler Ahorn Amsel Bär Biber Birke Buche Dachs Delfin Distelfink Eiche Eisvogel Enzian Falke Fichte Fink Fuchs
Gazelle Giraffe Habicht Hase Hirsch Igel Jaguar Kiebitz Koala Kolibri Kranich Lerche Libelle Lilie Linde Löwe
Luchs Marder Meise Mohn Möwe Murmeltier Nachtigall Otter Panda Panther Pelikan Pinguin Reh Reiher Robbe Rose
Schwalbe Schwan Specht Storch Tanne Tiger Tulpe Uhu Veilchen Wiesel Zebra Zeder
""",
    "es": """
Abedul Abeja Águila Albatros Alce Almendro Ardilla Azucena Bisonte Búho Caballo Canario Castor Cebra Cedro
Cerezo Ciervo Cisne Clavel Colibrí Cóndor Delfín Encina Flamenco Gacela Garza Gaviota Girasol Golondrina
Grulla Halcón Jaguar Jazmín Jilguero Jirafa Koala León Leopardo Liebre Lince Lirio Margarita Mirlo Nogal
Nutria Olivo Orquídea Panda Pelícano Pingüino Roble Ruiseñor Tigre Tortuga Tucán Tulipán Violeta
""",
    "fr": """
Abeille Aigle Albatros Alouette Amandier Bison Bouleau Cèdre Cerf Cerisier Chamois Chevreuil Chouette Cigale
Cigogne Colibri Coquelicot Cygne Dauphin Écureuil Érable Faucon Fauvette Flamant Fougère Gazelle Girafe
Guépard Hermine Héron Hibou Hirondelle Jaguar Jasmin Koala Léopard Libellule Lièvre Lion Loutre Lynx Marmotte
Merle Mésange Mouette Narcisse Noyer Olivier Orchidée Panda Papillon Pélican Pinson Renard Sapin Tigre Tilleul
Tortue Tulipe Violette Zèbre
""",
    "id": """
Anggrek Bangau Beruang Camar Cemara Cendana Cendrawasih Elang Harimau Jalak Jati Jerapah Kakatua Kancil
Kelinci Kenari Kijang Koala Komodo Lebah Mawar Melati Merak Merpati Nuri Panda Pelikan Penguin Penyu Pinus
Rajawali Rusa Seruni Singa Teratai Tulip Walet Zebra
""",
    "it": """
Abete Airone Albatro Allodola Ape Aquila Betulla Bisonte Cammello Capriolo Castoro Cavallo Cedro Cerbiatto
Cervo Cicogna Cigno Ciliegio Colibrì Delfino Fenicottero Foca Gabbiano Gazzella Gelsomino Ghepardo Ghiro
Giaguaro Giglio Ginestra Giraffa Girasole Gufo Koala Leone Leopardo Lepre Lince Lontra Mandorlo Margherita
Marmotta Narciso Noce Olivo Orchidea Panda Papavero Pellicano Pinguino Quercia Riccio Rondine Scoiattolo
Stambecco Tartaruga Tigre Tulipano Usignolo Viola Volpe Zebra
""",
    "nl": """
Adelaar Albatros Berk Beuk Bever Bizon Buizerd Das Dolfijn Eekhoorn Egel Eik Esdoorn Fazant Flamingo Gazelle
Giraf Haas Havik Hert IJsvogel Iris Jaguar Kameel Kievit Koala Kolibri Konijn Kraanvogel Leeuw Lelie Libel
Linde Lynx Margriet Marmot Meeuw Merel Narcis Nachtegaal Olm Ooievaar Otter Panda Panter Papaver Pelikaan
Pinguïn Reiger Schildpad Specht Spreeuw Tijger Tulp Valk Vink Vlinder Vos Wilg Zebra Zeehond Zwaan Zwaluw
""",
    "pt": """
Abelha Águia Albatroz Alce Amendoeira Andorinha Beija-flor Bétula Bisonte Camelo Canário Castor Cavalo Cedro
Cegonha Cerejeira Cisne Esquilo Falcão Flamingo Foca Gaivota Garça Gazela Girafa Girassol Golfinho Grou Jaguar
Jasmim Koala Leão Lebre Leopardo Lince Lírio Lontra Margarida Nogueira Oliveira Orquídea Panda Pardal Pelicano
Pinguim Pinheiro Pintassilgo Rouxinol Salgueiro Tartaruga Tigre Tucano Tulipa Violeta Zebra
""",
    "ru": """
Аист Альбатрос Астра Барсук Бизон Белка Берёза Бобр Бабочка Василёк Газель Гепард Горностай Дельфин Дрозд Ёж
Ель Енот Жаворонок Жираф Журавль Заяц Зебра Иволга Ирис Кедр Клён Коала Колибри Ландыш Лебедь Лев Леопард
Лотос Мангуст Медведь Морж Орёл Орхидея Панда Пеликан Пингвин Пион Ромашка Рысь Рябина Сирень Скворец Снегирь
Сова Сокол Соловей Стрекоза Стриж Тигр Тополь Тукан Тюльпан Фиалка Фламинго Черепаха Чайка Яблоня Ягуар Ясень
""",
    "sv": """
Albatross Alm Asp Björk Bofink Bäver Delfin Duva Ek Ekorre Falk Fiskgjuse Fjäril Flamingo Gasell Giraff Gran
Hare Hägg Häger Hjort Ibis Igelkott Iller Jaguar Kamel Kastanj Koala Lejon Lilja Lind Lodjur Lärka Lönn Mård
Mås Näktergal Panda Pelikan Pingvin Rönn Rosenfink Sköldpadda Sparv Stork Svala Svan Säl Tall Tiger Trana
Trast Tulpan Uggla Utter Valross Vallmo Viol Zebra Ärla Örn
""",
    "zh": """
水獭 海豚 熊猫 考拉 羚羊 长颈鹿 斑马 骆驼 雪豹 猎豹 狮子 企鹅 天鹅 白鹭 仙鹤 鸿雁 喜鹊 黄鹂 画眉 云雀
翠鸟 蜂鸟 孔雀 海鸥 鹈鹕 松鼠 刺猬 白兔 梅花鹿 骏马 鲸鱼 海豹 海星 蝴蝶 蜻蜓 蜜蜂 牡丹 荷花 兰花 梅花
茉莉 水仙 银杏 青松 翠竹 枫树 白桦 垂柳 雪莲
""",
}
"""By language. Meetings in others give English names."""

UNSPACED = ("zh",)
"""Languages that write a number close to its noun."""
