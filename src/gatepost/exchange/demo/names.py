"""Names for made-up families, from lists of our own: given names and family names met in British schools."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Community:
    """People who tend to share names and a language at home."""

    weight: int
    language: str  # BCP 47; what most of its adults read best
    women: tuple[str, ...]
    men: tuple[str, ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


def _list(names: str) -> tuple[str, ...]:
    return tuple(names.split())


COMMUNITIES = (
    Community(
        46,
        "en",
        _list(
            "Sarah Emma Claire Kelly Gemma Laura Rachel Natalie Donna Stacey Hayley Joanne Michelle Lisa Becky Tracy"
        ),
        _list("David Paul Mark Andrew Craig Stephen Darren Lee Gareth Simon Neil Wayne Matthew Chris Ryan Adam"),
        _list("Amelia Isla Poppy Evie Daisy Freya Grace Willow Phoebe Erin Matilda Rosie Harper Ivy Molly Jess"),
        _list("Oliver Harry Jack Alfie Archie Theo Charlie Freddie Arthur Toby Logan Riley Finley Jude Stanley Reggie"),
        _list(
            "Taylor Walker Holmes Barker Firth Sutcliffe Armitage Dyson Booth Hirst Shaw Naylor Greenwood Lister "
            "Crowther Haigh Bennett Cooper Marsden Ellis Fletcher Wood Pickles Thackray"
        ),
    ),
    Community(
        14,
        "ur",
        _list("Shazia Nasreen Rukhsana Saima Farzana Samina Bushra Nazia Tahira Uzma Sadia Rabia"),
        _list("Imran Asif Tariq Nadeem Khalid Zahid Shahid Usman Naveed Rashid Kamran Waqas"),
        _list("Aisha Maryam Fatima Hafsa Zainab Iqra Alishba Mahnoor Inaya Sana"),
        _list("Hamza Ibrahim Yusuf Haris Daniyal Mustafa Zain Subhan Eesa Rayyan"),
        _list("Ahmed Akhtar Iqbal Mahmood Malik Mirza Qureshi Rehman Saleem Shah Siddiqui Javed"),
    ),
    Community(
        8,
        "so",
        _list("Hodan Sahra Fadumo Ifrah Halimo Sagal Nimco Idil Khadra Ubah"),
        _list("Abdi Mahad Cabdi Guled Liban Jama Warsame Farah Yasin Bashir"),
        _list("Hibaaq Sumaya Ayaan Deka Ladan Hamda Muna Sacdiyo"),
        _list("Zakariye Mohamed Idris Abshir Khalid Saalax Bilaal Ilyas"),
        _list("Abdullahi Ali Aden Duale Elmi Farah Guled Hersi Isse Jama Mohamud Nur Osman Roble"),
    ),
    Community(
        8,
        "pl",
        _list("Agnieszka Katarzyna Monika Ewa Joanna Beata Magda Dorota Justyna Iwona"),
        _list("Piotr Tomasz Marcin Krzysztof Rafał Grzegorz Łukasz Paweł Jacek Wojciech"),
        _list("Zuzanna Lena Oliwia Hanna Natalia Wiktoria Maja Alicja"),
        _list("Antoni Szymon Kacper Filip Jakub Mikołaj Franek Igor"),
        _list("Nowak Kowal Mazur Wójcik Krawczyk Dudek Pawlak Sikora Walczak Baran Szewczyk Kaczmarek"),
    ),
    Community(
        8,
        "bn",
        _list("Shirin Rehana Nazma Shahana Lutfa Ruksana Salma Taslima Monira Jesmin"),
        _list("Abdul Rafiq Shamsul Mizan Kamal Faruk Helal Jamal Anwar Selim"),
        _list("Tasnim Nusrat Samiha Raisa Mahira Anika Sadia Tahmina"),
        _list("Tanvir Rafi Nabil Arif Sakib Mahdi Ayman Siam"),
        _list("Begum Miah Uddin Chowdhury Islam Haque Khanom Sarkar Talukdar Hoque"),
    ),
    Community(
        6,
        "ro",
        _list("Elena Ioana Mihaela Cristina Andreea Alina Gabriela Simona"),
        _list("Andrei Ionuț Mihai Cătălin Florin Marius Radu Bogdan"),
        _list("Sofia Daria Antonia Bianca Ilinca Teodora"),
        _list("Luca Matei David Rareș Ștefan Tudor"),
        _list("Popescu Ionescu Dumitru Stan Munteanu Radu Matei Lungu Rusu Ciobanu"),
    ),
    Community(
        4,
        "ar",
        _list("Rania Huda Amal Nour Layla Samar Dalia"),
        _list("Omar Khaled Ziad Nabil Tarek Hassan Ammar"),
        _list("Jana Lina Salma Yara Tala"),
        _list("Adam Karim Sami Rami Malek"),
        _list("Haddad Mansour Darwish Khalil Najjar Saleh Aziz"),
    ),
    Community(
        6,
        "en",
        _list("Ngozi Folake Abena Efua Marcia Yvonne Simone Chioma"),
        _list("Emeka Tunde Kwame Kofi Delroy Winston Chidi Segun"),
        _list("Adaeze Temi Esi Naomi Chantelle Zuri"),
        _list("Tobi Kwesi Ikenna Jordan Malachi Kojo"),
        _list("Adeyemi Mensah Campbell Boateng Eze Francis Owusu Bello Grant Nwosu"),
    ),
)
